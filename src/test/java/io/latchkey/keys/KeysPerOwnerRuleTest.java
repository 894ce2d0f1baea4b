package io.latchkey.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.Stub;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.KeySlotUse;
import io.latchkey.model.Owner;
import io.latchkey.model.OwnerType;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysPerOwnerRuleTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Owner OWNER = new Owner(OwnerType.USER, "alice");

    @Test
    void slotIsRefusedWhenEveryOneIsOccupied() {
        assertEquals(Optional.empty(), slot("new", "2", "a"));
        assertEquals(Optional.of(KeyChangeRefusal.Kind.LIMIT_REACHED), slot("new", "2", "a", "b"));
    }

    @Test
    void familyThatHasASlotNeedsNoOther() {
        assertEquals(Optional.empty(), slot("b", "1", "a", "b"));
    }

    @Test
    void missingAttributeLimitsToTen() {
        String[] nine = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
        String[] ten = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};

        assertEquals(Optional.empty(), slot("new", null, nine));
        assertEquals(Optional.of(KeyChangeRefusal.Kind.LIMIT_REACHED), slot("new", null, ten));
    }

    @Test
    void wrongAttributeLeavesNoSlot() {
        assertEquals(Optional.of(KeyChangeRefusal.Kind.LIMIT_REACHED), slot("new", "many"));
    }

    @Test
    void tenThousandKeysThatHaveNotEndedAreTheMost() {
        assertEquals(Optional.empty(), anotherKey(9_999));
        assertEquals(Optional.of(KeyChangeRefusal.Kind.LIMIT_REACHED), anotherKey(10_000));
        assertEquals(Optional.of(KeyChangeRefusal.Kind.LIMIT_REACHED), anotherKey(10_001));
    }

    private static Optional<KeyChangeRefusal.Kind> slot(String family, String maxKeys, String... usable) {
        List<KeySlotUse> keys = List.of(usable).stream()
                .map(each -> new KeySlotUse(each, NOW.minusSeconds(1), Instant.MAX))
                .toList();
        ApiKeyStore store = Stub.of(ApiKeyStore.class).with("living", keys).make();
        OwnerPolicy terms =
                OwnerPolicy.of(RealmPolicy.read(name -> name.equals("latchkey.max-keys") ? maxKeys : null), List.of());
        return new KeysPerOwnerRule("realm", store)
                .slot(OWNER, family, terms, NOW)
                .map(KeyChangeRefusal::kind);
    }

    private static Optional<KeyChangeRefusal.Kind> anotherKey(long notEnded) {
        ApiKeyStore store =
                Stub.of(ApiKeyStore.class).with("countNotEnded", notEnded).make();
        return new KeysPerOwnerRule("realm", store).anotherKey(OWNER, NOW).map(KeyChangeRefusal::kind);
    }
}
