package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.Stub;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

class KeyChallengeTest {

    private final RealmModel realm =
            Stub.of(RealmModel.class).with("getName", "my \"realm\"").make();

    @Test
    void missingTokenOrKeyNamesBearerFirstInOneLine() {
        assertEquals(
                List.of("Bearer realm=\"my _realm_\", ApiKey realm=\"my _realm_\""),
                challenges(KeyChallenge.tokenOrKey(realm)));
    }

    @Test
    void missingKeyNamesApiKey() {
        assertEquals(List.of("ApiKey realm=\"my _realm_\""), challenges(KeyChallenge.of(realm)));
    }

    private static List<Object> challenges(Response response) {
        return response.getHeaders().get("WWW-Authenticate");
    }
}
