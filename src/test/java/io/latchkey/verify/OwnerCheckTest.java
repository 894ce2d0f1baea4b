package io.latchkey.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.Stub;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.ApiKey;
import io.latchkey.model.TestKeys;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** What an owner's mail address has to do with the owner's keys. */
final class OwnerCheckTest {

    private final ApiKey key = TestKeys.active();

    @Test
    void unverifiedMailIsRefusedFromTheFirstUse() {
        assertEquals(Reason.OWNER_MAIL_UNVERIFIED, rejected(true, "alice@example.org", false));
    }

    @Test
    void verifiedMailIsAccepted() {
        assertAccepted(true, "alice@example.org", true);
    }

    @Test
    void unverifiedMailIsAcceptedWhereTheRealmDoesNotAsk() {
        assertAccepted(false, "alice@example.org", false);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void noMailIsAccepted(String mail) {
        assertAccepted(true, mail, false);
    }

    private Reason rejected(boolean asked, String mail, boolean verified) {
        return ((Rejected) check(asked, mail, verified)).reason();
    }

    private void assertAccepted(boolean asked, String mail, boolean verified) {
        assertTrue(check(asked, mail, verified) instanceof Accepted);
    }

    private Verification check(boolean asked, String mail, boolean verified) {
        UserModel owner = Stub.of(UserModel.class)
                .with("isEnabled", true)
                .with("getEmail", mail)
                .with("isEmailVerified", verified)
                .answering("getRequiredActionsStream", nothing -> Stream.of())
                .make();
        UserProvider users =
                Stub.of(UserProvider.class).with("getUserById", owner).make();
        KeycloakSession session = Stub.of(KeycloakSession.class)
                .with("users", users)
                .with("getProvider", null)
                .make();
        RealmModel realm = Stub.of(RealmModel.class)
                .with("isBruteForceProtected", false)
                .with("isVerifyEmail", asked)
                .make();
        OwnerCache ownerCache = new OwnerCache(session, new MovingClock(), Duration.ZERO);
        return new OwnerCheck(session, ownerCache, (where, which, whose) -> false).check(realm, key);
    }
}
