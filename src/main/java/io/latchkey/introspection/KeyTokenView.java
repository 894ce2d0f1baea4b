package io.latchkey.introspection;

import io.latchkey.Latchkey;
import io.latchkey.exchange.KeyTokenId;
import io.latchkey.exchange.KeyTokenLimits;
import io.latchkey.model.ApiKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/** Tokens made from keys as introspection shows them: with their key, and for nothing they were not made for. */
final class KeyTokenView {

    private final KeycloakSession session;

    KeyTokenView(KeycloakSession session) {
        this.session = session;
    }

    void correct(AccessToken token, AccessToken shown) {
        Optional<KeyTokenId> made = KeyTokenId.parse(session, token.getId());
        if (made.isEmpty()) {
            return;
        }
        if (token.getAudience() != null && shown.getAudience() != null) {
            List<String> own = Arrays.asList(token.getAudience());
            shown.audience(
                    Arrays.stream(shown.getAudience()).filter(own::contains).toArray(String[]::new));
        }
        if (!KeyTokenId.isLightweight(session, token.getId())) {
            shown.getResourceAccess()
                    .keySet()
                    .retainAll(token.getResourceAccess().keySet());
        }
        hold(made.get(), shown);
        shown.setOtherClaims("api_key_id", made.get().key().value());
        shown.setOtherClaims("client_id", shown.getIssuedFor());
    }

    /** A lightweight token does not say what it is for: that is with its key. */
    private void hold(KeyTokenId made, AccessToken shown) {
        Optional<ApiKey> key =
                Latchkey.of(session).keys().find(session.getContext().getRealm().getId(), made.key());
        if (key.isPresent()) {
            new KeyTokenLimits(session).narrow(shown, key.get().restrictions());
        } else {
            shown.audience();
            shown.getResourceAccess().clear();
        }
    }
}
