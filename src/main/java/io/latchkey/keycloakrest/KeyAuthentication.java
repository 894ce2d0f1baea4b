package io.latchkey.keycloakrest;

import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.CurrentRequest;
import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.model.ApiKey;
import io.latchkey.model.CallerAndLastHop;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.token.KeyTokenIssuer;
import io.latchkey.token.KeycloakRestPath;
import io.latchkey.token.KeycloakRestPath.Area;
import io.latchkey.verify.KeyIdentification;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Authenticates a caller of Keycloak's own REST by a key instead of an access token. */
final class KeyAuthentication {

    private final KeycloakSession session;
    private final ApiKeysProvider apiKeysProvider;
    private final KeycloakRestPath there;
    private final ContainerRequestContext request;
    private final String presented;

    KeyAuthentication(KeycloakSession session, KeycloakRestPath there, ContainerRequestContext request) {
        this.session = session;
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.there = there;
        this.request = request;
        List<String> sent = request.getHeaders().get(PresentedKey.HEADER);
        // Two keys are none.
        this.presented = sent.size() == 1 ? sent.get(0) : "";
    }

    /** Puts a token for the key into the request, or returns a refusal. Does neither where no key is accepted. */
    Optional<Response> authenticate() {
        Optional<RealmModel> home = home();
        if (home.isEmpty()) {
            return Optional.empty();
        }
        if (!HookStatus.of(session).isComplete()) {
            return Optional.of(ProblemType.HOOK_MISSING.toResponse());
        }
        RealmModel realm = home.get();
        session.getContext().setRealm(realm);
        if (!CurrentRequest.satisfiesSslRequirement(session)) {
            return Optional.of(unauthorized());
        }
        Verification verification = verify(realm);
        RateLimitHeaders.put(session, verification.rateLimits());
        if (verification instanceof Rejected rejected) {
            Rejected reported = apiKeysProvider
                    .rejectedUses()
                    .answer(event(), address(), rejected, Errors.INVALID_USER_CREDENTIALS);
            RateLimitHeaders.put(session, reported.rateLimits());
            return Optional.of(
                    reported.isRateLimited()
                            ? KeyChallenge.rateLimited(reported).toResponse()
                            : unauthorized());
        }
        Accepted accepted = (Accepted) verification;
        Optional<String> token = token(realm, accepted);
        if (token.isEmpty()) {
            RateLimitHeaders.put(session, apiKeysProvider.refund(accepted));
            return Optional.of(unauthorized());
        }
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token.get());
        return Optional.empty();
    }

    /** The response of Keycloak itself to a request without a token. */
    private static Response unauthorized() {
        return Response.status(Response.Status.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .type(MediaType.APPLICATION_JSON)
                .entity("{\"error\":\"HTTP 401 Unauthorized\"}")
                .build();
    }

    /**
     * The realm of the key among those that take keys here: the one of the path, or at the admin REST the one whose administrators
     * govern all. The id of a key decides nothing without its secret, so that no refusal tells which ids exist.
     */
    private Optional<RealmModel> home() {
        Stream<String> names = there.area() == Area.ADMIN
                ? Stream.of(there.realm(), Config.getAdminRealm()).distinct()
                : Stream.of(there.realm());
        List<RealmModel> realms = names.map(session.realms()::getRealmByName)
                .filter(Objects::nonNull)
                .filter(realm -> apiKeysProvider.policy(realm).keycloakRest())
                .toList();
        return realms.stream()
                .filter(realm -> realms.size() == 1 || identify(realm) instanceof KeyIdentification.Key)
                .findFirst()
                .or(() -> realms.stream().findFirst());
    }

    private KeyIdentification identify(RealmModel realm) {
        // Keycloak reads users in the realm of the session only.
        session.getContext().setRealm(realm);
        return apiKeysProvider.verifier().identify(realm, presented);
    }

    private Verification verify(RealmModel realm) {
        KeyUseRequest use =
                KeyUseRequest.of(presented, address(), Optional.ofNullable(request.getHeaderString("Origin")));
        boolean named = identify(realm) instanceof KeyIdentification.Key held && isNamed(realm, held.key());
        Verification verification = apiKeysProvider.verifier().verify(realm, named ? use : use.unrecorded());
        return verification instanceof Accepted accepted && !named
                ? Verification.rejected(Reason.AUDIENCE_NOT_ALLOWED, accepted.key())
                : verification;
    }

    private CallerAndLastHop address() {
        return CallerConnection.of(session).caller();
    }

    private boolean isNamed(RealmModel realm, ApiKey key) {
        return there.area() == Area.USERINFO
                || there.client(session, realm)
                        .filter(client -> key.restrictions().audiences().contains(client.getId()))
                        .isPresent();
    }

    /** Empty if no token can be made; the event states the reason. */
    private Optional<String> token(RealmModel realm, Accepted accepted) {
        EventBuilder event = KeyUserEvents.describe(event(), Optional.of(accepted.key()));
        Optional<ClientModel> client =
                apiKeysProvider.policy(realm).client().flatMap(new ScopeAndClientResolver(realm)::openClient);
        if (client.isEmpty()) {
            event.detail(Details.REASON, "The policy names no client to make tokens with")
                    .error(Errors.CLIENT_NOT_FOUND);
            return Optional.empty();
        }
        event.client(client.get());
        // Userinfo asks for it; a key with scopes has to carry it.
        Optional<String> scope = Optional.of(OAuth2Constants.SCOPE_OPENID)
                .filter(openid -> accepted.key().restrictions().scopes().isEmpty());
        KeyTokenBuilder.Result result =
                new KeyTokenIssuer(session).token(accepted, client.get(), scope, List.of(), () -> event);
        if (result instanceof KeyTokenBuilder.Denied denied) {
            event.detail(Details.REASON, denied.description()).error(Errors.NOT_ALLOWED);
            return Optional.empty();
        }
        return Optional.of(((KeyTokenBuilder.Built) result).text());
    }

    private EventBuilder event() {
        return KeyUserEvents.ofUse("keycloak-rest", session);
    }
}
