package io.latchkey.keycloakrest;

import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.CurrentRequest;
import io.latchkey.keycloak.KeyTokenBuilder;
import io.latchkey.keycloak.TokenDenial;
import io.latchkey.model.ApiKey;
import io.latchkey.model.CallerAddress;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.token.KeyTokenIssuer;
import io.latchkey.token.KeycloakRestPath;
import io.latchkey.token.KeycloakRestPath.Area;
import io.latchkey.verify.KeyPossession;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
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
    private final String presented;

    /** @param sent every value of the header */
    KeyAuthentication(KeycloakSession session, KeycloakRestPath there, List<String> sent) {
        this.session = session;
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.there = there;
        // Two keys are none.
        this.presented = sent.size() == 1 ? sent.get(0) : "";
    }

    /** Lists the results of an authentication. */
    sealed interface Outcome {

        /** Whatever Keycloak makes of it. */
        record Untouched() implements Outcome {}

        record Refused() implements Outcome {}

        record TooSoon(Rejected rejected) implements Outcome {}

        record Unavailable() implements Outcome {}

        record SignedIn(String token) implements Outcome {}
    }

    Outcome enter(Optional<String> origin) {
        Optional<RealmModel> home = home();
        if (home.isEmpty()) {
            return new Outcome.Untouched();
        }
        if (!HookStatus.of(session).isComplete()) {
            return new Outcome.Unavailable();
        }
        RealmModel realm = home.get();
        session.getContext().setRealm(realm);
        if (!CurrentRequest.satisfiesSslRequirement(session)) {
            return new Outcome.Refused();
        }
        Verification verification = verify(realm, origin);
        RateLimitHeaders.put(session, verification.rateLimits());
        if (verification instanceof Rejected rejected) {
            Rejected reported = apiKeysProvider
                    .rejectedUses()
                    .answer(event(), address(), rejected, Errors.INVALID_USER_CREDENTIALS);
            RateLimitHeaders.put(session, reported.rateLimits());
            return reported.isRateLimited() ? new Outcome.TooSoon(reported) : new Outcome.Refused();
        }
        Accepted accepted = (Accepted) verification;
        Outcome outcome = signIn(realm, accepted);
        if (outcome instanceof Outcome.Refused) {
            RateLimitHeaders.put(session, apiKeysProvider.refund(accepted));
        }
        return outcome;
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
        return realms.size() < 2
                ? realms.stream().findFirst()
                : realms.stream()
                        .filter(this::isHeld)
                        .findFirst()
                        .or(() -> realms.stream().findFirst());
    }

    private boolean isHeld(RealmModel realm) {
        return possession(realm) instanceof KeyPossession.Key;
    }

    private KeyPossession possession(RealmModel realm) {
        // Keycloak reads users in the realm of the session only.
        session.getContext().setRealm(realm);
        return apiKeysProvider.verifier().possession(realm, presented);
    }

    private Verification verify(RealmModel realm, Optional<String> origin) {
        KeyUseRequest request = KeyUseRequest.of(presented, address(), origin);
        boolean named = possession(realm) instanceof KeyPossession.Key held && isNamed(realm, held.key());
        Verification verification = apiKeysProvider.verifier().verify(realm, named ? request : request.unrecorded());
        return verification instanceof Accepted accepted && !named
                ? Verification.rejected(Reason.AUDIENCE_NOT_ALLOWED, accepted.key())
                : verification;
    }

    private CallerAddress address() {
        return CallerConnection.of(session).caller();
    }

    private boolean isNamed(RealmModel realm, ApiKey key) {
        return there.area() == Area.USERINFO
                || there.client(session, realm)
                        .filter(client -> key.restrictions().audiences().contains(client.getId()))
                        .isPresent();
    }

    private Outcome signIn(RealmModel realm, Accepted accepted) {
        EventBuilder event = KeyUserEvents.describe(event(), Optional.of(accepted.key()));
        Optional<ClientModel> client =
                apiKeysProvider.policy(realm).client().flatMap(new ScopeAndClientResolver(realm)::openClient);
        if (client.isEmpty()) {
            return refuse(event, Errors.CLIENT_NOT_FOUND, "The policy names no client to make tokens with");
        }
        event.client(client.get());
        // Userinfo asks for it; a key with scopes has to carry it.
        Optional<String> scope = Optional.of(OAuth2Constants.SCOPE_OPENID)
                .filter(openid -> accepted.key().restrictions().scopes().isEmpty());
        KeyTokenBuilder.Result result =
                new KeyTokenIssuer(session).token(accepted, client.get(), scope, List.of(), () -> event);
        return result instanceof TokenDenial refused
                ? refuse(event, Errors.NOT_ALLOWED, refused.description())
                : new Outcome.SignedIn(((KeyTokenBuilder.Built) result).text());
    }

    private static Outcome refuse(EventBuilder event, String error, String reason) {
        event.detail(Details.REASON, reason).error(error);
        return new Outcome.Refused();
    }

    private EventBuilder event() {
        return KeyUserEvents.ofUse("keycloak-rest", session);
    }
}
