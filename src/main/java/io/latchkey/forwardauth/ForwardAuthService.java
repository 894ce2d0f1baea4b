package io.latchkey.forwardauth;

import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.Charge;
import io.latchkey.charging.ChargeResult;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.charging.PendingCharge;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyKind;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.BearerTokenCaller;
import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.keycloak.RawRequestHeaders;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.KeyUseRequestFactory;
import io.latchkey.rest.SslAndRealmCheck;
import io.latchkey.token.KeyTokenId;
import io.latchkey.token.KeyTokenIssuer;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Purpose;
import io.latchkey.verify.RejectedUseRecorder;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Decides whether a gateway may let a request pass, by the key or the token in it. */
final class ForwardAuthService {

    static final String ENDPOINT = "forward-auth";
    private static final String AUDIENCE_DISABLED = "Requested audience not available";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final HttpHeaders headers;
    private final Optional<String> audience;
    private final PricingOptions price;

    /**
     * @param audience client id of the API behind the gateway, as the gateway sends it
     * @param price the gateway's options for the price of the call
     */
    ForwardAuthService(KeycloakSession session, Optional<String> audience, PricingOptions price) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.headers = session.getContext().getRequestHeaders();
        this.audience = audience;
        this.price = price;
    }

    Response respond() {
        if (SslAndRealmCheck.closed(session).isPresent()) {
            return new ForwardAuthResult.Unauthorized(realm).toResponse();
        }
        String authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        return authorization == null ? byKey() : byToken(authorization).toResponse();
    }

    private ForwardAuthResult byToken(String authorization) {
        Optional<BearerTokenCaller> caller = BearerTokenCaller.of(session);
        if (caller.isEmpty()) {
            return new ForwardAuthResult.Unauthorized(realm);
        }
        if (audience.filter(api -> !caller.get().token().hasAudience(api)).isPresent()) {
            return new ForwardAuthResult.Forbidden("The token is not meant for this API.");
        }
        if (isAudienceDisabled()) {
            return new ForwardAuthResult.Forbidden(AUDIENCE_DISABLED + ".");
        }
        Optional<ForwardAuthResult> refused =
                new KeyTokenCheck(session).refusal(caller.get().token(), audience);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<KeyId> key =
                KeyTokenId.parse(session, caller.get().token().getId()).map(KeyTokenId::key);
        Optional<Charge> charge =
                pendingCharge(price).map(due -> due.charge(caller.get().user(), key));
        Optional<ChargeResult> unpaid =
                charge.map(Charge::result).filter(result -> !(result instanceof ChargeResult.Paid));
        if (unpaid.isPresent()) {
            return new ForwardAuthResult.ChargeFailed(unpaid.get());
        }
        return price.paid(charge, open(authorization, caller.get(), key));
    }

    private static ForwardAuthResult open(String authorization, BearerTokenCaller caller, Optional<KeyId> key) {
        String scope = caller.token().getScope();
        return new ForwardAuthResult.Allowed(
                Optional.of(authorization),
                caller.user(),
                scope == null ? List.of() : Arrays.asList(scope.split(" ")),
                key,
                Optional.empty());
    }

    private Response byKey() {
        List<String> sent = headers.getRequestHeader(PresentedKey.HEADER);
        if (sent == null || sent.size() != 1) {
            return new ForwardAuthResult.Unauthorized(realm).toResponse();
        }
        KeyUseRequest request = KeyUseRequestFactory.of(session, sent.get(0))
                .orPublishable()
                .at(audience.stream().toList())
                .as(price.dry() ? Purpose.DRY_RUN : Purpose.USE)
                .paying(pendingCharge(isPublishable(sent.get(0)) ? price.listed() : price));
        Verification verification = ApiKeysProvider.of(session).verifier().verify(realm, request);
        RateLimitHeaders.put(session, verification.rateLimits());
        return verification instanceof Accepted accepted
                ? accepted(request, accepted)
                : rejected(request, (Rejected) verification).toResponse();
    }

    private ForwardAuthResult rejected(KeyUseRequest request, Rejected rejected) {
        RejectedUseRecorder rejections = ApiKeysProvider.of(session).rejectedUses();
        Optional<ForwardAuthResult> explained = explained(rejected);
        if (explained.isPresent()) {
            rejections.record(event(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
            return explained.get();
        }
        Rejected reported = rejections.answer(event(), request, rejected, Errors.INVALID_USER_CREDENTIALS);
        RateLimitHeaders.put(session, reported.rateLimits());
        return reported.isRateLimited()
                ? new ForwardAuthResult.RateLimited(reported)
                : new ForwardAuthResult.Unauthorized(realm);
    }

    /** The reasons that the holder of a valid key may learn. */
    private static Optional<ForwardAuthResult> explained(Rejected rejected) {
        return switch (rejected.reason()) {
            case AUDIENCE_NOT_ALLOWED ->
                Optional.of(new ForwardAuthResult.Forbidden("The key is not meant for this API."));
            case CREDITS_EXHAUSTED, CREDITS_UNAVAILABLE ->
                rejected.charge().map(Charge::result).map(ForwardAuthResult.ChargeFailed::new);
            default -> Optional.empty();
        };
    }

    private Response accepted(KeyUseRequest request, Accepted accepted) {
        boolean publishable = accepted.key().prefix().kind() == KeyKind.PUBLISHABLE;
        KeyTokenIssuer issuer = new KeyTokenIssuer(session);
        ForwardAuthResult result =
                price.paid(accepted.charge(), publishable ? withoutToken(accepted) : withToken(accepted, issuer));
        // A response is cached only as long as its token may be reused.
        Optional<Instant> end =
                publishable ? Optional.of(accepted.key().endsAt().orElse(Instant.MAX)) : issuer.reusableUntil();
        if (result instanceof ForwardAuthResult.Allowed allowed && end.isPresent()) {
            Accepted charged = new Accepted(accepted.key(), accepted.owner(), accepted.rateLimits(), allowed.charge());
            Function<RawRequestHeaders, MethodAndPath> next = price.next();
            ApiKeysProvider.of(session)
                    .responseCachePolicy()
                    .permitCaching(request, charged, end, use -> new CachedForwardAuthResponder(use, next));
        }
        return result.toResponse();
    }

    private static boolean isPublishable(String sent) {
        return PresentedKey.parse(sent)
                .filter(key -> key.prefix().kind() == KeyKind.PUBLISHABLE)
                .isPresent();
    }

    private Optional<PendingCharge> pendingCharge(PricingOptions due) {
        return api().flatMap(api -> due.pendingCharge(ApiKeysProvider.of(session), realm, api));
    }

    private Optional<ClientModel> api() {
        return audience.flatMap(new ScopeAndClientResolver(realm)::openClient);
    }

    /** Whether the requested API is disabled or missing, so that nothing can be charged. */
    private boolean isAudienceDisabled() {
        return audience.isPresent() && api().isEmpty();
    }

    /** A publishable key identifies its owner and gives none of the owner's rights. */
    private ForwardAuthResult withoutToken(Accepted accepted) {
        if (isAudienceDisabled()) {
            return refuse(accepted, AUDIENCE_DISABLED);
        }
        List<String> scopes = ApiKeysProvider.of(session).verifier().scopes(realm, accepted);
        return new ForwardAuthResult.Allowed(
                Optional.empty(),
                accepted.owner(),
                scopes,
                Optional.of(accepted.key().id()),
                Optional.empty());
    }

    private ForwardAuthResult withToken(Accepted accepted, KeyTokenIssuer issuer) {
        Optional<ClientModel> client = client();
        if (client.isEmpty()) {
            return refuse(accepted, "The policy of this realm names no client to make a token for");
        }
        KeyTokenBuilder.Result issued = issuer.token(
                accepted, client.get(), Optional.empty(), audience.stream().toList(), this::event);
        if (issued instanceof KeyTokenBuilder.Denied refused) {
            return refuse(accepted, refused.description());
        }
        KeyTokenBuilder.Built made = (KeyTokenBuilder.Built) issued;
        int bytes = made.text().length() + made.scope().length();
        if (bytes > ForwardAuthResult.MAX_IDENTITY_BYTES) {
            String detail = "The access token of this API key has " + bytes + " bytes, and gateways pass on at most "
                    + ForwardAuthResult.MAX_IDENTITY_BYTES + ". Its owner has too many roles for this API";
            report(accepted, detail);
            return new ForwardAuthResult.TokenTooLarge(detail + ".");
        }
        return new ForwardAuthResult.Allowed(
                // A dry run counts nothing and therefore gives no token.
                Optional.of("Bearer " + made.text()).filter(token -> !price.dry()),
                accepted.owner(),
                Arrays.asList(made.scope().split(" ")),
                Optional.of(accepted.key().id()),
                Optional.empty());
    }

    /** The policy's client, or the API itself if the policy names none. A disabled client gets no token. */
    private Optional<ClientModel> client() {
        Optional<String> named = ApiKeysProvider.of(session).policy(realm).client();
        return named.isEmpty() ? api() : named.flatMap(new ScopeAndClientResolver(realm)::openClient);
    }

    private ForwardAuthResult refuse(Accepted accepted, String detail) {
        report(accepted, detail);
        return new ForwardAuthResult.Forbidden(detail + ".");
    }

    private void report(Accepted accepted, String detail) {
        // A dry run has consumed nothing.
        RateLimitHeaders.put(
                session,
                price.dry()
                        ? accepted.rateLimits()
                        : ApiKeysProvider.of(session).refund(accepted));
        KeyUserEvents.describe(event(), Optional.of(accepted.key()))
                .detail(Details.REASON, detail)
                .error(Errors.NOT_ALLOWED);
    }

    private EventBuilder event() {
        return KeyUserEvents.ofUse(ENDPOINT, session);
    }
}
