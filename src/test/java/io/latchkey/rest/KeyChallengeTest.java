package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.Stub;
import io.latchkey.http.ProblemType;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({"RATE_LIMITED, RATE_LIMITED", "WRONG_SECRET, TOO_MANY_WRONG_KEYS"})
    void limitOfAKeyAndLimitOfWrongKeysAreTwoProblems(Reason reason, ProblemType type) {
        assertEquals(
                type,
                KeyChallenge.rateLimited(new Rejected(reason, Optional.empty())).type());
    }

    private static List<Object> challenges(Response response) {
        return response.getHeaders().get("WWW-Authenticate");
    }
}
