package io.latchkey.model;

import static io.latchkey.model.TestKeys.CREATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyTest {

    private static final Instant NOW = CREATED.plus(Duration.ofDays(10));

    /** Hours from now until expiry and until the end of the grace period; empty for none. */
    @ParameterizedTest
    @CsvSource({
        "true,    ,   ,              , ACTIVE",
        "false,   ,   ,              , DISABLED",
        "true,   1,   ,              , ACTIVE",
        "true,   0,   ,              , EXPIRED",
        "true,  -1,   ,              , EXPIRED",
        "false, -1,   ,              , EXPIRED",
        "true,    ,  1,              , ROTATING",
        "true,   2,  1,              , ROTATING",
        "false,   ,  1,              , DISABLED",
        "true,    ,  0,              , REVOKED",
        "false,   , -1,              , REVOKED",
        "true,  -1, -1,              , REVOKED",
        "true,  -1,  1,              , EXPIRED",
        "true,    ,   , OWNER        , REVOKED",
        "false, -1, -1, ADMIN        , REVOKED",
        "true,   1,  1, SUPERSEDED   , REVOKED",
    })
    void statusFollowsTheEarliestAndHardestEnd(
            boolean enabled, Long expiry, Long grace, Revocation.Reason revoked, KeyStatus expected) {
        assertEquals(expected, key(enabled, expiry, grace, revoked).statusAt(NOW));
    }

    @ParameterizedTest
    @CsvSource({", , ", "3, , 3", ", 2, 2", "3, 2, 2", "2, 3, 2", "2, 2, 2"})
    void itEndsWithExpiryOrOverlapWhicheverIsFirst(Long expiry, Long grace, Long expected) {
        assertEquals(hours(expected), key(true, expiry, grace, null).endsAt());
    }

    @Test
    void itIsAcceptedUntilTheVeryMomentOfItsEnd() {
        Instant end = NOW.plus(Duration.ofHours(1));
        ApiKey expiring = key(true, 1L, null, null);
        ApiKey rotating = key(true, null, 1L, null);

        assertEquals(KeyStatus.ACTIVE, expiring.statusAt(end.minusMillis(1)));
        assertEquals(KeyStatus.EXPIRED, expiring.statusAt(end));
        assertEquals(KeyStatus.ROTATING, rotating.statusAt(end.minusMillis(1)));
        assertEquals(KeyStatus.REVOKED, rotating.statusAt(end));
    }

    @Test
    void aChangeOfDetailsKeepsEverythingElse() {
        ApiKey key = key(true, 1L, 2L, Revocation.Reason.ADMIN);

        ApiKey same = key.withSettings(key.settings());
        ApiKey other = key.withSettings(new EditableKeySettings(
                "other", Optional.of("why"), Activation.DISABLED_BY_OWNER, Optional.empty(), Restrictions.NONE));

        assertEquals(key, same);
        assertEquals("other", other.name());
        assertEquals(Optional.of("why"), other.description());
        assertEquals(Optional.empty(), other.expiresAt());
        assertEquals(key, other.withSettings(key.settings()));
    }

    @Test
    void onlyAKeyThatMayBeUsedIsUsable() {
        for (KeyStatus status : KeyStatus.values()) {
            assertEquals(status == KeyStatus.ACTIVE || status == KeyStatus.ROTATING, status.usable(), status::label);
        }
    }

    @Test
    void anOverlapCanOnlyBecomeShorter() {
        Rotation rotation = new Rotation(TestKeys.id('b'), NOW, false, Optional.empty());

        assertEquals(NOW, rotation.endingBy(NOW.plusSeconds(1)).graceUntil());
        assertEquals(NOW.minusSeconds(1), rotation.endingBy(NOW.minusSeconds(1)).graceUntil());
    }

    private static ApiKey key(boolean enabled, Long expiry, Long grace, Revocation.Reason revoked) {
        ApiKey key = TestKeys.active()
                .withSettings(new EditableKeySettings(
                        "name",
                        Optional.empty(),
                        enabled ? Activation.ENABLED : Activation.DISABLED_BY_OWNER,
                        hours(expiry),
                        Restrictions.NONE));
        ApiKey rotated = hours(grace)
                .map(until -> key.withRotation(new Rotation(TestKeys.id('b'), until, false, Optional.empty())))
                .orElse(key);
        return revoked == null ? rotated : rotated.revoked(new Revocation(NOW, revoked));
    }

    private static Optional<Instant> hours(Long fromNow) {
        return Optional.ofNullable(fromNow).map(Duration::ofHours).map(NOW::plus);
    }
}
