package io.latchkey.verify;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeResult;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyHasher.Match;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.PlaintextKey;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.OwnerType;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.verify.KeyUseRequest.Accepts;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/**
 * Decides whether a presented key may be used now. Every endpoint calls this class, so every rule applies at every
 * endpoint.
 */
public final class KeyVerifier {

    /** Throttled, because every use of such a key would write a line. */
    private static final ThrottledLog LOG =
            new ThrottledLog(Logger.getLogger(KeyVerifier.class), Duration.ofMinutes(1));

    private final KeyLookup keys;
    private final KeyHasher hasher;
    private final OwnerCheck ownerCheck;
    private final RateLimitCheck rateLimitCheck;
    private final AcceptedUseListener listener;
    private final Clock clock;

    public KeyVerifier(
            KeyLookup keys,
            KeyHasher hasher,
            OwnerCheck ownerCheck,
            RateLimitCheck rateLimitCheck,
            AcceptedUseListener listener,
            Clock clock) {
        this.keys = keys;
        this.hasher = hasher;
        this.ownerCheck = ownerCheck;
        this.rateLimitCheck = rateLimitCheck;
        this.listener = listener;
        this.clock = clock;
    }

    /** Verifies a key, and records its use if the purpose says so. */
    public Verification verify(RealmModel realm, KeyUseRequest request) {
        Identity identity = identity(realm, request.presented());
        return identity instanceof Identity.Known known
                ? check(realm, known, request)
                : ((Identity.UnknownKey) identity).verification();
    }

    /** Identifies the key that a caller holds, in any state: enough to revoke it, not to use it. */
    public KeyIdentification identify(RealmModel realm, String presented) {
        Identity identity = identity(realm, presented);
        return identity instanceof Identity.Known known
                ? new KeyIdentification.Key(known.key())
                : new KeyIdentification.Nothing((Rejected) ((Identity.UnknownKey) identity).verification());
    }

    /** Whether a presented key has the hash that was found. Takes as long if none was found. */
    public boolean isHeld(PresentedKey presented, Optional<KeyHash> found) {
        return match(presented.secret(), found) != Match.NO;
    }

    /** An unknown id costs a hash as well, so that response times do not tell which ids exist. */
    private Match match(PlaintextKey secret, Optional<KeyHash> found) {
        return found.map(hash -> hasher.match(secret, hash)).orElseGet(() -> hasher.matchNothing(secret));
    }

    private Identity identity(RealmModel realm, String presented) {
        Optional<PresentedKey> parsed = PresentedKey.parse(presented);
        if (parsed.isEmpty()) {
            return new Identity.UnknownKey(Verification.rejected(Reason.MALFORMED));
        }
        PlaintextKey secret = parsed.get().secret();
        Optional<ApiKey> found = keys.find(realm, parsed.get().id(), hash -> match(secret, hash) != Match.NO);
        Match match = match(secret, found.map(ApiKey::hash));
        if (found.isEmpty()) {
            return new Identity.UnknownKey(Verification.rejected(Reason.UNKNOWN));
        }
        if (match == Match.NO) {
            warnOfMissingPepper(found.get());
            return new Identity.UnknownKey(Verification.rejected(Reason.WRONG_SECRET, found.get()));
        }
        return new Identity.Known(found.get(), secret, match == Match.STALE);
    }

    private Verification check(RealmModel realm, Identity.Known known, KeyUseRequest request) {
        ApiKey key = known.key();
        Verification verification = unsuitable(key, request)
                .map(reason -> Verification.rejected(reason, key))
                .orElseGet(() -> check(realm, key));
        if (!(verification instanceof Accepted accepted)) {
            return verification;
        }
        Optional<Reason> violation = RestrictionCheck.violation(realm, key, accepted.owner(), request);
        if (violation.isPresent()) {
            return Verification.rejected(violation.get(), key);
        }
        return use(realm, known, accepted, request);
    }

    private Verification use(RealmModel realm, Identity.Known known, Accepted accepted, KeyUseRequest request) {
        ApiKey key = known.key();
        // After all other checks but the price, so that only a holder of the key consumes its limit.
        RateLimitStatus rateLimits = request.purpose().isLimited()
                ? rateLimitCheck.measure(realm, accepted, request.purpose().isCounted())
                : RateLimitStatus.UNLIMITED;
        if (!rateLimits.isAllowed()) {
            return new Rejected(Reason.RATE_LIMITED, Optional.of(key), rateLimits);
        }
        Optional<Charge> charge =
                request.pendingCharge().map(pending -> pending.charge(accepted.owner(), Optional.of(key.id())));
        Optional<Reason> unpaid = charge.map(Charge::result).flatMap(KeyVerifier::unpaid);
        if (unpaid.isPresent()) {
            RateLimitStatus refunded =
                    request.purpose().isCounted() ? rateLimitCheck.refund(accepted, rateLimits) : rateLimits;
            return new Rejected(unpaid.get(), Optional.of(key), refunded, charge);
        }
        if (request.purpose().isRecorded()) {
            record(known, request);
        }
        return new Accepted(key, accepted.owner(), rateLimits, charge);
    }

    private void record(Identity.Known known, KeyUseRequest request) {
        listener.record(known.key(), clock.instant(), request);
        if (known.stale()) {
            listener.rehash(known.key(), hasher.hash(known.secret()));
        }
    }

    private static Optional<Reason> unpaid(ChargeResult charge) {
        if (charge instanceof ChargeResult.Paid) {
            return Optional.empty();
        }
        return Optional.of(
                charge instanceof ChargeResult.Exhausted ? Reason.CREDITS_EXHAUSTED : Reason.CREDITS_UNAVAILABLE);
    }

    private static Optional<Reason> unsuitable(ApiKey key, KeyUseRequest request) {
        if (request.accepts() == Accepts.LOGIN && key.owner().type() != OwnerType.USER) {
            return Optional.of(Reason.OWNER_CANNOT_SIGN_IN);
        }
        return request.accepts() != Accepts.PUBLISHABLE && key.prefix().kind() == KeyKind.PUBLISHABLE
                ? Optional.of(Reason.PUBLISHABLE)
                : Optional.empty();
    }

    private void warnOfMissingPepper(ApiKey key) {
        int version = key.hash().pepperVersion();
        if (!hasher.knows(version)) {
            LOG.warn("API key " + key.id() + " needs pepper version " + version
                    + ", which is not configured: add it again");
        }
    }

    /** Verifies again a key that was accepted before, for the sessions and tokens that were made from it. */
    public Verification recheck(RealmModel realm, KeyId id) {
        return keys.find(realm, id)
                .map(key -> check(realm, key))
                .orElseGet(() -> Verification.rejected(Reason.UNKNOWN));
    }

    /**
     * Checks whether the restrictions of an accepted key also allow this use of a token made from it.
     *
     * @param request without a key
     */
    public Verification admit(RealmModel realm, Accepted accepted, KeyUseRequest request) {
        return RestrictionCheck.violation(realm, accepted.key(), accepted.owner(), request)
                .map(reason -> Verification.rejected(reason, accepted.key()))
                .orElse(accepted);
    }

    /** The names of the scopes that a restricted key carries and its owner may use now. */
    public List<String> scopes(RealmModel realm, Accepted accepted) {
        return RestrictionCheck.permittedScopes(realm, accepted.key(), accepted.owner());
    }

    private Verification check(RealmModel realm, ApiKey key) {
        if (!realm.isEnabled()) {
            return Verification.rejected(Reason.REALM_DISABLED, key);
        }
        Optional<Reason> ended = ended(key);
        return ended.isPresent() ? Verification.rejected(ended.get(), key) : ownerCheck.check(realm, key);
    }

    private Optional<Reason> ended(ApiKey key) {
        KeyStatus status = key.statusAt(clock.instant());
        return switch (status) {
            case ACTIVE, ROTATING -> Optional.empty();
            case DISABLED -> Optional.of(Reason.DISABLED);
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case REVOKED -> Optional.of(key.revocation().isPresent() ? Reason.REVOKED : Reason.ROTATED_OUT);
        };
    }

    /** The key that was presented, before any check whether it may be used. */
    private sealed interface Identity {
        record UnknownKey(Verification verification) implements Identity {}

        record Known(ApiKey key, PlaintextKey secret, boolean stale) implements Identity {}
    }
}
