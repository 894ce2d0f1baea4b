package io.latchkey.introspection;

import io.latchkey.http.Unavailability;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.TokenIntrospection;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/** Introspects keys and tokens made from keys; all other access tokens as Keycloak does. */
final class KeyAwareIntrospection extends TokenIntrospection {

    KeyAwareIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    protected boolean isKey(String token) {
        return PresentedKey.isMeant(token);
    }

    @Override
    protected Response introspectKey(String key, EventBuilder event) {
        return new KeyIntrospection(session).introspect(key, event);
    }

    @Override
    protected boolean admits(AccessToken token, EventBuilder event) {
        return new KeyTokenIntrospection(session).admits(token, event);
    }

    @Override
    protected Optional<Response> failureResponse(RuntimeException failure) {
        return Unavailability.answer(failure);
    }

    @Override
    protected void correct(AccessToken token, AccessToken shown) {
        new KeyTokenIntrospection(session).correct(token, shown);
    }
}
