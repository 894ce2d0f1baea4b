package io.latchkey.token;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRegistrationGuardTest {

    private static final String OF_A_KEY = token("trrtak:aBcDeFgHiJkL.client.1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer %s",
                "bearer   %s",
                "Bearer\t%s",
                "%s",
                "Bearer %s, Bearer a.b.c",
                "Bearer a.b.c,Bearer %s",
                "Bearer %s trailing",
                "Bearer %s,"
            })
    void aTokenMadeFromAKeyIsSeenWhereverItStands(String header) {
        assertTrue(ClientRegistrationGuard.bearsKeyToken(header.formatted(OF_A_KEY)));
    }

    @Test
    void allElseIsKeycloaksToJudge() {
        for (String header : new String[] {
            "", " ", "Basic YTpi", "Bearer a.b.c", "Bearer " + token("trrtcc:1"), "Bearer " + token(""), ",,,"
        }) {
            assertFalse(ClientRegistrationGuard.bearsKeyToken(header), header);
        }
    }

    private static String token(String id) {
        return part("{\"alg\":\"RS256\"}") + "." + part("{\"jti\":\"" + id + "\"}") + ".AAAA";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
