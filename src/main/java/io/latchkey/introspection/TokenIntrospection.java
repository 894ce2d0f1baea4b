package io.latchkey.introspection;

import io.latchkey.Latchkey;
import io.latchkey.adapter.JwtIntrospection;
import io.latchkey.exchange.KeyTokenId;
import io.latchkey.exchange.KeyTokenLimits;
import io.latchkey.key.PresentedKey;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/** Introspects keys, and everything else as Keycloak does. A token made from a key is held to the key here, too. */
final class TokenIntrospection extends JwtIntrospection {

    TokenIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    public Response introspect(String token, EventBuilder event) {
        return PresentedKey.parse(token).isPresent()
                ? new KeyIntrospection(session, event).introspect(token)
                : super.introspect(token, event);
    }

    @Override
    protected void hold(AccessToken token, AccessToken complete) {
        KeyTokenId.parse(session, token.getId())
                .flatMap(id -> Latchkey.of(session).keys().find(realm.getId(), id.key()))
                .ifPresent(key -> {
                    new KeyTokenLimits(session).narrow(complete, token, key);
                    complete.setOtherClaims("api_key_id", key.id().value());
                });
    }
}
