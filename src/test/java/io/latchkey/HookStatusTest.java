package io.latchkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.ProviderDisabledException;
import io.latchkey.http.Unavailability;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

class HookStatusTest {

    private final KeycloakSession session = Stub.of(KeycloakSession.class)
            .with(
                    "getKeycloakSessionFactory",
                    Stub.of(KeycloakSessionFactory.class)
                            .with("getProviderFactory", null)
                            .make())
            .with("getProvider", null)
            .make();

    @Test
    void disabledProviderIsAMissingHook() {
        HookStatus status = HookStatus.of(session);

        assertFalse(status.isComplete());
        assertTrue(status.missing().get(0).contains("--spi-latchkey--default--enabled"), status.missing()::toString);
    }

    @Test
    void workThatNeedsTheDisabledProviderAnswersHookMissing() {
        ProviderDisabledException failure =
                assertThrows(ProviderDisabledException.class, () -> ApiKeysProvider.of(session));

        assertEquals(
                Optional.of(ProblemType.HOOK_MISSING.problem().toString()),
                Unavailability.problem(failure).map(Problem::toString));
    }
}
