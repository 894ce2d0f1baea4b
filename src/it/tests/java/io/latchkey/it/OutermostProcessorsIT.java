package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.widening.WideningFactory;
import io.latchkey.it.widening.WideningJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token post-processors of other extensions that run before Latchkey's first one, or after its last one. */
class OutermostProcessorsIT {

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        Path jar = WideningJar.pack(
                folder.resolve("widening.jar"), WideningFactory.BeforeFirst.class, WideningFactory.AfterLast.class);
        LatchkeyServer.start("OutermostProcessorsIT", List.of(), jar);
    }

    @Test
    void tokenThatIsWidenedAfterTheLastProcessorIsRefused() {
        try (RealmFixture realm = OtherProcessorsIT.realm(Map.of("widening", "widening-d"))) {
            assertTrue(OtherProcessorsIT.isWidened(realm.passwordToken("alice").expect(200)));
            String key = key(realm);
            if (key.isEmpty()) {
                return;
            }

            Answer granted = realm.exchange(key);
            Answer forwarded = OtherProcessorsIT.forwardAuth(realm.anyone().with("X-API-Key", key), realm);

            assertEquals(503, granted.status(), granted::text);
            assertFalse(granted.json().has("access_token"));
            assertTrue(forwarded.status() >= 400, forwarded::text);
            assertTrue(forwarded.headers().firstValue("Authorization").isEmpty());
        }
    }

    @Test
    void tokenThatIsWidenedBeforeTheFirstProcessorIsNarrowedOrRefused() {
        try (RealmFixture realm = OtherProcessorsIT.realm(Map.of("widening", "widening-g"))) {
            assertTrue(OtherProcessorsIT.isWidened(realm.passwordToken("alice").expect(200)));

            String key = key(realm);
            if (key.isEmpty()) {
                return;
            }

            Answer granted = realm.exchange(key);

            assertTrue(granted.status() == 503 || !OtherProcessorsIT.isWidened(granted.expect(200)), granted::text);
        }
    }

    /** Empty where the server makes no keys at all, since its order of post-processors is wrong. */
    private static String key(RealmFixture realm) {
        Answer made = realm.master()
                .post(realm.adminKeys(), Map.of("name", "key", "owner", Map.of("type", "user", "name", "alice")));
        assertTrue(made.status() == 201 || made.status() == 503, made::text);
        return made.status() == 201 ? made.text("key") : "";
    }
}
