package io.latchkey.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.ChargeResult.AllowanceStatus;
import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.RealmStub;
import io.latchkey.fakes.Stub;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.key.Peppers;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.Activation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.EditableKeySettings;
import io.latchkey.model.Restrictions;
import io.latchkey.model.Revocation;
import io.latchkey.model.Rotation;
import io.latchkey.model.TestKeys;
import io.latchkey.policy.RateLimit;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.ratelimit.RateLimitStatus.BucketStatus;
import io.latchkey.ratelimit.RateLimitStatus.LimitScope;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

class KeyVerifierTest {

    private static final Peppers OLD = Peppers.parse("1:bGF0Y2hrZXktdGVzdC1wZXBwZXItMQ==");
    private static final Peppers NEW =
            Peppers.parse("1:bGF0Y2hrZXktdGVzdC1wZXBwZXItMQ== 2:bGF0Y2hrZXktdGVzdC1wZXBwZXItMg==");
    private static final KeyGenerator GENERATOR = new KeyGenerator(new SecureRandom());
    private static final KeyHasher HASHER = new KeyHasher(OLD);
    private static final CreditAmount COST = CreditAmount.of(1);

    private final RealmModel realm = new RealmStub().model();
    private final MovingClock clock = new MovingClock();
    private final PresentedKey presented = GENERATOR.generate(new KeyPrefix("kc", KeyKind.SECRET, Optional.empty()));
    private final ApiKey key = TestKeys.stored(presented, HASHER.hash(presented.secret()));
    private final List<String> happened = new ArrayList<>();
    private Optional<ApiKey> stored = Optional.of(key);
    private UserModel owner = RealmStub.owner();
    private RateLimitStatus rateLimits = RateLimitStatus.UNLIMITED;
    private Optional<Charge> charge = Optional.empty();
    private boolean suspended;

    @Test
    void theRightKeyIsAcceptedAndItsUseRecordedOnce() {
        assertEquals(new Accepted(key, owner), verify(HASHER, request()));
        assertEquals(List.of("read", "counted", "used from 192.0.2.1"), happened);
    }

    @Test
    void aQuestionIsNoUse() {
        assertEquals(new Accepted(key, owner), verify(HASHER, request().unrecorded()));
        assertEquals(List.of("read"), happened);
    }

    @Test
    void whatIsMistypedIsLookedUpNowhere() {
        String text = presented.secret().reveal();
        String mistyped = text.substring(0, text.length() - 1) + (text.endsWith("a") ? "b" : "a");

        assertEquals(new Rejected(Reason.MALFORMED, Optional.empty()), verify(HASHER, request(mistyped)));
        assertEquals(List.of(), happened);
    }

    @Test
    void anUnknownIdIsNotAttributedToAnybody() {
        stored = Optional.empty();

        assertEquals(new Rejected(Reason.UNKNOWN, Optional.empty()), verify(HASHER, request()));
    }

    @Test
    void anotherSecretUnderTheIdIsAttributedToTheKeyAndNoUse() {
        KeyHash another = HASHER.hash(GENERATOR.generate(presented.prefix()).secret());
        stored = Optional.of(TestKeys.stored(presented, another));

        assertRejected(Reason.WRONG_SECRET);
    }

    @Test
    void aHashOfAnOlderPepperIsRenewedWithAUse() {
        verify(new KeyHasher(NEW), request().unrecorded());
        assertEquals(List.of("read"), happened);
        happened.clear();

        verify(new KeyHasher(NEW), request());

        assertEquals(List.of("read", "counted", "used from 192.0.2.1", "hashed with 2"), happened);
    }

    @Test
    void aKeyWhosePepperIsMissingIsRefused() {
        assertEquals(Reason.WRONG_SECRET, reason(verify(new KeyHasher(Peppers.none()), request())));
    }

    @Test
    void keysThatHaveEndedAreRefused() {
        Instant now = clock.instant();
        stored = Optional.of(key.withSettings(settings(Activation.DISABLED_BY_OWNER, Optional.empty())));
        assertRejected(Reason.DISABLED);
        stored = Optional.of(key.withSettings(settings(Activation.ENABLED, Optional.of(now))));
        assertRejected(Reason.EXPIRED);
        stored = Optional.of(key.revoked(new Revocation(now, Revocation.Reason.ADMIN)));
        assertRejected(Reason.REVOKED);
        stored = Optional.of(key.withRotation(new Rotation(TestKeys.id('z'), now, false, Optional.empty())));
        assertRejected(Reason.ROTATED_OUT);
    }

    @Test
    void aKeyIsGoodUntilTheMomentItEnds() {
        Instant end = clock.instant().plusMillis(1);
        stored = Optional.of(key.withSettings(settings(Activation.ENABLED, Optional.of(end))));

        assertTrue(verify(HASHER, request()) instanceof Accepted);
    }

    @Test
    void anOwnerWhoIsGoneOrSwitchedOffHasNoKeys() {
        owner = Stub.of(UserModel.class).with("isEnabled", false).make();
        assertRejected(Reason.OWNER_DISABLED);
        owner = null;
        assertRejected(Reason.OWNER_MISSING);
    }

    @Test
    void aKeyAboveTheLimitOfItsOwnerIsRefusedAndWhatWasMadeFromItToo() {
        suspended = true;

        assertRejected(Reason.SUSPENDED);
        assertEquals(Reason.SUSPENDED, reason(verifier(HASHER).recheck(realm, key.id())));
    }

    @Test
    void aRestrictionThatDoesNotHoldIsNoUse() {
        Restrictions elsewhere = new Restrictions(List.of(), List.of("elsewhere"), List.of(), List.of());
        stored = Optional.of(key.withSettings(key.settings().with(elsewhere)));

        assertEquals(
                new Rejected(Reason.AUDIENCE_NOT_ALLOWED, stored),
                verify(HASHER, request().at(List.of("here"))));
        assertEquals(List.of("read"), happened);
    }

    @Test
    void publishableKeysAreForDoorsThatSaySoOnly() {
        PresentedKey open = GENERATOR.generate(new KeyPrefix("kc", KeyKind.PUBLISHABLE, Optional.empty()));
        stored = Optional.of(TestKeys.stored(open, HASHER.hash(open.secret())));
        KeyUseRequest request = request(open.secret().reveal());

        assertEquals(Reason.PUBLISHABLE, reason(verify(HASHER, request)));
        assertTrue(verify(HASHER, request.orPublishable()) instanceof Accepted);
    }

    @Test
    void aKeyThatIsUsedTooOftenIsRefusedAndItsUseNotRecorded() {
        rateLimits = exhausted();

        assertEquals(new Rejected(Reason.RATE_LIMITED, Optional.of(key), rateLimits), verify(HASHER, request()));
        assertEquals(List.of("read", "counted"), happened);
    }

    @Test
    void howAUseStandsIsToldWithTheVerdict() {
        rateLimits = new RateLimitStatus(List.of(reading(Duration.ZERO)));

        assertEquals(new Accepted(key, owner, rateLimits, Optional.empty()), verify(HASHER, request()));
    }

    @Test
    void whoAsksHearsOfLimitsAndIsNotCounted() {
        rateLimits = exhausted();

        assertEquals(Reason.RATE_LIMITED, reason(verify(HASHER, request().as(Purpose.DRY_RUN))));
        assertEquals(List.of("read", "looked"), happened);
    }

    @Test
    void limitsStopNeitherStatementsNorTheEndOfAKey() {
        rateLimits = exhausted();

        assertTrue(verify(HASHER, request().as(Purpose.INTROSPECT)) instanceof Accepted);
        assertTrue(verify(HASHER, request().unrecorded()) instanceof Accepted);
        assertTrue(verifier(HASHER).recheck(realm, key.id()) instanceof Accepted);
        assertEquals(List.of("read", "used from 192.0.2.1", "read", "read"), happened);
    }

    @Test
    void acceptedUseCarriesItsCharge() {
        Verification paid = pay(new ChargeResult.Paid(COST, Optional.empty(), AllowanceStatus.UNKNOWN));

        assertEquals(new Accepted(key, owner, rateLimits, charge), paid);
        assertEquals(List.of("read", "counted", "charged", "used from 192.0.2.1"), happened);
    }

    @Test
    void useThatCannotBePaidIsRejectedWithItsChargeAndNotCounted() {
        Verification unpaid = pay(new ChargeResult.Exhausted(COST, AllowanceStatus.UNKNOWN));

        assertEquals(new Rejected(Reason.CREDITS_EXHAUSTED, stored, rateLimits, charge), unpaid);
        assertEquals(List.of("read", "counted", "charged", "refunded"), happened);
    }

    private Verification pay(ChargeResult result) {
        charge = Optional.of(Stub.of(Charge.class).with("result", result).make());
        return verify(HASHER, request().paying(Optional.of((payer, id) -> {
            happened.add("charged");
            return charge.orElseThrow();
        })));
    }

    @Test
    void nobodyWithoutTheKeyUsesAnythingUp() {
        KeyHash another = HASHER.hash(GENERATOR.generate(presented.prefix()).secret());
        stored = Optional.of(TestKeys.stored(presented, another));
        rateLimits = exhausted();

        assertRejected(Reason.WRONG_SECRET);
    }

    private static RateLimitStatus exhausted() {
        return new RateLimitStatus(List.of(reading(Duration.ofSeconds(1))));
    }

    private static BucketStatus reading(Duration wait) {
        return new BucketStatus(LimitScope.KEY, RateLimit.parse("1/s").orElseThrow(), 0, wait, Duration.ofSeconds(1));
    }

    @Test
    void whoHoldsAKeyIsKnownWhateverItsState() {
        stored = Optional.of(key.revoked(new Revocation(clock.instant(), Revocation.Reason.ADMIN)));
        KeyVerifier verifier = verifier(HASHER);

        assertEquals(
                new KeyIdentification.Key(stored.get()),
                verifier.identify(realm, presented.secret().reveal()));
        stored = Optional.empty();
        assertEquals(
                new KeyIdentification.Nothing(new Rejected(Reason.UNKNOWN, Optional.empty())),
                verifier.identify(realm, presented.secret().reveal()));
    }

    @Test
    void whatWasMadeFromAKeyIsJudgedAsTheKeyIs() {
        assertEquals(new Accepted(key, owner), verifier(HASHER).recheck(realm, key.id()));
        stored = Optional.of(key.withSettings(settings(Activation.DISABLED_BY_ADMIN, Optional.empty())));
        assertEquals(Reason.DISABLED, reason(verifier(HASHER).recheck(realm, key.id())));
        stored = Optional.empty();
        assertEquals(Reason.UNKNOWN, reason(verifier(HASHER).recheck(realm, key.id())));
    }

    private void assertRejected(Reason reason) {
        happened.clear();
        assertEquals(new Rejected(reason, stored), verify(HASHER, request()));
        assertEquals(List.of("read"), happened);
    }

    private static Reason reason(Verification verification) {
        return ((Rejected) verification).reason();
    }

    private static EditableKeySettings settings(Activation activation, Optional<Instant> expiresAt) {
        return new EditableKeySettings("name", Optional.empty(), activation, expiresAt, Restrictions.NONE);
    }

    private KeyUseRequest request() {
        return request(presented.secret().reveal());
    }

    private static KeyUseRequest request(String text) {
        return KeyUseRequest.of(text, Optional.of("192.0.2.1"), Optional.empty());
    }

    private Verification verify(KeyHasher hasher, KeyUseRequest request) {
        return verifier(hasher).verify(realm, request);
    }

    private KeyVerifier verifier(KeyHasher hasher) {
        KeyLookup keys = (anyRealm, id) -> {
            happened.add("read");
            return stored;
        };
        return new KeyVerifier(
                keys,
                hasher,
                new OwnerCheck(
                        session(), new OwnerCache(session(), clock, Duration.ZERO), (where, which, whose) -> suspended),
                new Meter(),
                new Recorder(),
                clock);
    }

    private KeycloakSession session() {
        UserProvider users = Stub.of(UserProvider.class)
                .answering("getUserById", sent -> owner)
                .make();
        return Stub.of(KeycloakSession.class)
                .with("users", users)
                .with("getProvider", null)
                .make();
    }

    private final class Recorder implements AcceptedUseListener {
        @Override
        public void record(ApiKey used, Instant at, KeyUseRequest request) {
            happened.add("used from " + request.address().orElse("nowhere"));
        }

        @Override
        public void rehash(ApiKey used, KeyHash newest) {
            happened.add("hashed with " + newest.pepperVersion());
        }
    }

    private final class Meter implements RateLimitCheck {
        @Override
        public RateLimitStatus measure(RealmModel anyRealm, Accepted accepted, boolean counted) {
            happened.add(counted ? "counted" : "looked");
            return rateLimits;
        }

        @Override
        public RateLimitStatus refund(Accepted accepted, RateLimitStatus taken) {
            happened.add("refunded");
            return taken;
        }
    }
}
