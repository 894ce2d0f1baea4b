package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latchkey.it.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys survive the change of the pepper, and their rows follow it. */
class PepperIT {

    private static RealmFixture realm;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @Test
    void aKeyFromBeforeThePepperWorksAndIsHashedAgainOnUse() throws NoSuchAlgorithmException {
        realm.user("amy");
        Answer key = realm.createKey("amy", "old");
        String id = key.text("id");
        String plain = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(key.text("key").getBytes(StandardCharsets.UTF_8)));
        try (Database database = Database.open()) {
            database.change(
                    "update LATCHKEY_KEY set PEPPER_VERSION = 0, HASH = '" + plain + "' where ID = '" + id + "'");

            realm.exchange(key.text("key")).expect(200);

            Eventually.expect(() -> !database.has("LATCHKEY_KEY", "HASH", plain));
        }
        realm.exchange(key.text("key")).expect(200);
    }

    @Test
    void aKeyWhosePepperIsMissingIsRefusedAndTheLogNamesIt() {
        realm.user("ben");
        Answer key = realm.createKey("ben", "lost");
        try (Database database = Database.open()) {
            database.change("update LATCHKEY_KEY set PEPPER_VERSION = 9 where ID = '" + key.text("id") + "'");
        }

        realm.exchange(key.text("key")).expect(400);

        assertFalse(ServerLog.with("API key " + key.text("id") + " needs pepper version 9")
                .isEmpty());
    }
}
