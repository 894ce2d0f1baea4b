package io.latchkey.gateway;

import io.latchkey.Latchkey;
import io.latchkey.adapter.KeyLogin;
import io.latchkey.adapter.KeyTokens;
import io.latchkey.events.OwnerAudit;
import io.latchkey.exchange.ApiKeyGrantType;
import io.latchkey.exchange.KeycloakRest;
import io.latchkey.exchange.KeycloakRest.Area;
import io.latchkey.key.PresentedKey;
import io.latchkey.lifecycle.OwnerSessions;
import io.latchkey.model.ApiKey;
import io.latchkey.verify.KeyRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.TokenTerms;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Somebody who comes to Keycloak's own REST with a key instead of an access token. */
final class KeyBearer {

    private final KeycloakSession session;
    private final Latchkey latchkey;
    private final KeycloakRest there;
    private final String presented;

    /** @param sent every value of the header */
    KeyBearer(KeycloakSession session, KeycloakRest there, List<String> sent) {
        this.session = session;
        this.latchkey = Latchkey.of(session);
        this.there = there;
        // Two keys are none.
        this.presented = sent.size() == 1 ? sent.get(0) : "";
    }

    /** What becomes of the request. */
    sealed interface Outcome {

        /** Whatever Keycloak makes of it. */
        record Untouched() implements Outcome {}

        record Refused() implements Outcome {}

        record SignedIn(String token) implements Outcome {}
    }

    Outcome enter(Optional<String> origin) {
        Optional<RealmModel> home = home();
        if (home.isEmpty() || !latchkey.policy(home.get()).keycloakRest()) {
            return new Outcome.Untouched();
        }
        RealmModel realm = home.get();
        session.getContext().setRealm(realm);
        Optional<String> address =
                Optional.ofNullable(session.getContext().getConnection().getRemoteAddr());
        Verification verdict = latchkey.verifier().verify(realm, KeyRequest.of(presented, address, origin));
        if (verdict instanceof Accepted accepted && !isNamed(realm, accepted.key())) {
            verdict = Verification.rejected(Reason.AUDIENCE_NOT_ALLOWED, accepted.key());
        }
        if (verdict instanceof Rejected rejected) {
            latchkey.rejected(event(realm), rejected, Errors.INVALID_USER_CREDENTIALS);
            return new Outcome.Refused();
        }
        return signIn(realm, (Accepted) verdict);
    }

    /** The realm of the key: the one of the path, or at the admin REST the one whose administrators govern all. */
    private Optional<RealmModel> home() {
        Optional<PresentedKey> key = PresentedKey.parse(presented);
        List<RealmModel> realms = Stream.of(
                        Optional.of(there.realm()),
                        Optional.of(Config.getAdminRealm()).filter(master -> there.area() == Area.ADMIN))
                .flatMap(Optional::stream)
                .distinct()
                .map(session.realms()::getRealmByName)
                .filter(realm -> realm != null)
                .toList();
        return realms.stream()
                .filter(realm -> key.flatMap(it -> latchkey.keys().find(realm.getId(), it.id()))
                        .isPresent())
                .findFirst()
                .or(() -> realms.stream()
                        .filter(realm -> latchkey.policy(realm).keycloakRest())
                        .findFirst());
    }

    private boolean isNamed(RealmModel realm, ApiKey key) {
        return there.area() == Area.USERINFO
                || there.client(session, realm)
                        .filter(client -> key.restrictions().audiences().contains(client.getId()))
                        .isPresent();
    }

    private Outcome signIn(RealmModel realm, Accepted accepted) {
        EventBuilder event = OwnerAudit.describe(event(realm), Optional.of(accepted.key()));
        Optional<ClientModel> client =
                latchkey.policy(realm).client().map(realm::getClientByClientId).filter(ClientModel::isEnabled);
        if (client.isEmpty()) {
            return refuse(event, Errors.CLIENT_NOT_FOUND, "The policy names no client to make tokens with");
        }
        event.client(client.get());
        boolean plain = accepted.key().restrictions().scopes().isEmpty();
        Optional<String> scope = Optional.of(OAuth2Constants.SCOPE_OPENID).filter(openid -> plain);
        TokenTerms terms = TokenTerms.of(realm, client.get(), accepted.key(), scope, List.of());
        return terms instanceof TokenTerms.Granted granted
                ? make(client.get(), accepted, granted, event)
                : refuse(event, Errors.NOT_ALLOWED, ((TokenTerms.Refused) terms).detail());
    }

    private Outcome make(ClientModel client, Accepted accepted, TokenTerms.Granted terms, EventBuilder event) {
        KeyLogin login = new KeyLogin(
                accepted.key().id(),
                OwnerSessions.KEY_NOTE,
                accepted.owner(),
                terms.scope(),
                terms.audiences(),
                terms.demanded(),
                false);
        KeyTokens.Result result = new KeyTokens(session).make(client, login, ApiKeyGrantType.GRANT_TYPE, event);
        return result instanceof KeyTokens.Result.Made made
                ? new Outcome.SignedIn(made.text())
                : refuse(
                        event,
                        Errors.NOT_ALLOWED,
                        ((KeyTokens.Result.Refused) result).refusal().description());
    }

    private static Outcome refuse(EventBuilder event, String error, String reason) {
        event.detail(Details.REASON, reason).error(error);
        return new Outcome.Refused();
    }

    private EventBuilder event(RealmModel realm) {
        return new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .detail("door", "keycloak-rest");
    }
}
