package io.latchkey.introspection;

import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargeMode;
import io.latchkey.charging.PendingCharge;
import io.latchkey.events.EndpointEvents;
import io.latchkey.introspection.VerifyResult.Code;
import io.latchkey.key.PresentedKey;
import io.latchkey.policy.GatewayClients;
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
    private final boolean afresh;
    private final ApiKeysProvider apiKeysProvider;

    /** @param afresh whether the caller wants to hear what the database says now (RFC 9111, section 5.2.1.4) */
    VerifyService(KeycloakSession session, ClientModel caller, boolean afresh) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.caller = caller;
        this.afresh = afresh;
        this.apiKeysProvider = ApiKeysProvider.of(session);
    }

    VerifyResult answer(VerifyRequest verifyRequest) {
        if (afresh) {
            PresentedKey.parse(verifyRequest.presented()).ifPresent(this::refresh);
        }
        String audience = verifyRequest.audience().orElse(caller.getClientId());
        boolean entitled = mayAskFor(audience);
        Optional<PendingCharge> pendingCharge = entitled ? pendingCharge(verifyRequest, audience) : Optional.empty();
        KeyUseRequest request = verifyRequest.request(audience).paying(pendingCharge);
        // Asked in any case, so that it takes as long; but what is not answered is no use of the key.
        Verification verdict = apiKeysProvider.verifier().verify(realm, entitled ? request : request.unrecorded());
        if (verdict instanceof Accepted accepted && entitled) {
            return new VerifyResult(Code.VALID, Optional.of(accepted), pendingCharge);
        }
        Rejected rejected = verdict instanceof Accepted accepted
                ? new Rejected(Reason.AUDIENCE_NOT_ALLOWED, Optional.of(accepted.key()))
                : (Rejected) verdict;
        return entitled ? refusal(request, rejected) : invalid(request.at(List.of()), rejected);
    }

    /** Reads the key again, and its owner only for a caller who holds the key: others could evict any owner. */
    private void refresh(PresentedKey key) {
        apiKeysProvider
                .known()
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

    private boolean mayAskFor(String audience) {
        return audience.equals(caller.getClientId())
                || GatewayClients.isOf(caller)
                        && new ScopeAndClientResolver(realm)
                                .openClient(audience)
                                .isPresent();
    }

    /** Scopes, then limits, then credits are looked at last: everything else about the key is right. */
    private VerifyResult refusal(KeyUseRequest request, Rejected rejected) {
        return switch (rejected.reason()) {
            case SCOPE_NOT_ALLOWED -> good(Code.INSUFFICIENT_SCOPE, request, rejected);
            case RATE_LIMITED -> good(Code.RATE_LIMITED, request, rejected);
            case CREDITS_EXHAUSTED -> good(Code.CREDITS_EXHAUSTED, request, rejected);
            case CREDITS_UNAVAILABLE -> good(Code.CREDITS_UNAVAILABLE, request, rejected);
            default -> invalid(request, rejected);
        };
    }

    private VerifyResult invalid(KeyUseRequest request, Rejected rejected) {
        Rejected reported =
                apiKeysProvider.rejections().answer(event(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
        return reported.isRateLimited() ? VerifyResult.rateLimited(reported.rateLimits()) : VerifyResult.invalid();
    }

    private VerifyResult good(Code code, KeyUseRequest request, Rejected rejected) {
        apiKeysProvider.rejections().record(event(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
        return rejected.key()
                .map(key -> apiKeysProvider.verifier().recheck(realm, key.id()))
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .map(accepted -> new Accepted(accepted.key(), accepted.owner(), rejected.rateLimits()))
                .map(accepted -> new VerifyResult(code, Optional.of(accepted), request.pendingCharge()))
                .orElseGet(VerifyResult::invalid);
    }

    private EventBuilder event() {
        return EndpointEvents.at(ENDPOINT, session).client(caller);
    }
}
