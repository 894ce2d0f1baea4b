package io.latchkey.introspection;

import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.PendingCharge;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.introspection.VerifyResult.Code;
import io.latchkey.key.PresentedKey;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Purpose;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Verifies a key for one client and decides what that client may learn about it. */
final class VerifyService {

    static final String ENDPOINT = "verify";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel caller;
    private final boolean noCache;
    private final ApiKeysProvider apiKeysProvider;

    /** @param noCache whether to read the key from the database (RFC 9111, section 5.2.1.4) */
    VerifyService(KeycloakSession session, ClientModel caller, boolean noCache) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.caller = caller;
        this.noCache = noCache;
        this.apiKeysProvider = ApiKeysProvider.of(session);
    }

    VerifyResult verify(VerifyRequest verifyRequest) {
        if (noCache) {
            PresentedKey.parse(verifyRequest.presented()).ifPresent(this::refresh);
        }
        String audience = verifyRequest.audience().orElse(caller.getClientId());
        boolean entitled = mayVerifyFor(audience);
        Optional<PendingCharge> pendingCharge = entitled ? pendingCharge(verifyRequest, audience) : Optional.empty();
        KeyUseRequest request = verifyRequest.request(audience).paying(pendingCharge);
        // Verified in any case, so that the response takes as long; without entitlement it does not count as a use.
        Verification verification = apiKeysProvider.verifier().verify(realm, entitled ? request : request.unrecorded());
        if (verification instanceof Accepted accepted && entitled) {
            return new VerifyResult(Code.VALID, Optional.of(accepted));
        }
        Rejected rejected = verification instanceof Accepted accepted
                ? new Rejected(Reason.AUDIENCE_NOT_ALLOWED, Optional.of(accepted.key()))
                : (Rejected) verification;
        return entitled ? refusal(request, rejected) : invalid(request.at(List.of()), rejected);
    }

    /** Reads the key again, and its owner only for a caller who holds the key: others could evict any owner. */
    private void refresh(PresentedKey key) {
        apiKeysProvider
                .keyLookup()
                .refresh(realm, key.id(), found -> apiKeysProvider.verifier().isHeld(key, found));
    }

    private Optional<PendingCharge> pendingCharge(VerifyRequest verifyRequest, String audience) {
        VerifyRequest.Price price = verifyRequest.price();
        ChargeMode paid = price.settled() ? ChargeMode.SETTLE : ChargeMode.RESERVE;
        ChargeMode chargeMode = verifyRequest.purpose() == Purpose.DRY_RUN ? ChargeMode.QUOTE : paid;
        return (audience.equals(caller.getClientId())
                        ? Optional.of(caller)
                        : new ScopeAndClientResolver(realm).openClient(audience))
                .flatMap(api -> apiKeysProvider.pendingCharge(realm, api, price::call, price.named(), chargeMode));
    }

    private boolean mayVerifyFor(String audience) {
        return audience.equals(caller.getClientId())
                || ScopeAndClientResolver.isGateway(caller)
                        && new ScopeAndClientResolver(realm)
                                .openClient(audience)
                                .isPresent();
    }

    /** The verifier checks scopes, limits and credits last, so these keys are valid otherwise. */
    private VerifyResult refusal(KeyUseRequest request, Rejected rejected) {
        return switch (rejected.reason()) {
            case SCOPE_NOT_ALLOWED -> describe(Code.INSUFFICIENT_SCOPE, request, rejected);
            case RATE_LIMITED -> describe(Code.RATE_LIMITED, request, rejected);
            case CREDITS_EXHAUSTED -> describe(Code.CREDITS_EXHAUSTED, request, rejected);
            case CREDITS_UNAVAILABLE -> describe(Code.CREDITS_UNAVAILABLE, request, rejected);
            default -> invalid(request, rejected);
        };
    }

    private VerifyResult invalid(KeyUseRequest request, Rejected rejected) {
        Rejected reported =
                apiKeysProvider.rejectedUses().answer(event(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
        return reported.isRateLimited() ? VerifyResult.rateLimited(reported.rateLimits()) : VerifyResult.invalid();
    }

    private VerifyResult describe(Code code, KeyUseRequest request, Rejected rejected) {
        apiKeysProvider.rejectedUses().record(event(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
        return rejected.key()
                .map(key -> apiKeysProvider.verifier().recheck(realm, key.id()))
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .map(accepted ->
                        new Accepted(accepted.key(), accepted.owner(), rejected.rateLimits(), rejected.charge()))
                .map(accepted -> new VerifyResult(code, Optional.of(accepted)))
                .orElseGet(VerifyResult::invalid);
    }

    private EventBuilder event() {
        return KeyUserEvents.ofUse(ENDPOINT, session).client(caller);
    }
}
