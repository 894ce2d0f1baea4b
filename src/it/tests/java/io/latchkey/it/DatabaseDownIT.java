package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that is stopped under a server that remembers nothing about keys. */
class DatabaseDownIT {

    private static final String NAME = "DatabaseDownIT";
    private static final String UNKNOWN_RESERVATION = "A".repeat(64);

    private static StoppablePostgres database;
    private static RealmFixture realm;
    private static String key;
    private static String token;
    private ApiClient alice;
    private ApiClient admin;

    @BeforeAll
    static void start() {
        database = Resources.ofClass(new StoppablePostgres());
        List<String> options = new ArrayList<>(database.keycloakOptions());
        options.add("--spi-latchkey--default--cache-max-age=PT0S");
        options.add("--spi-latchkey--default--response-cache-ttl=PT0S");
        LatchkeyServer.start(NAME, options);
        realm = RealmFixture.create(Map.of("latchkey.keycloak-rest", "true"));
        new RealmSetup(realm).realm(Map.of("sslRequired", "none"));
        Endpoint.openAll(realm);
        realm.user("alice");
        key = realm.createKey("alice", "key").text("key");
        token = realm.exchange(key, Map.of("scope", "openid")).text("access_token");
    }

    @BeforeEach
    void signIn() {
        alice = realm.signedIn("alice");
        admin = realm.master();
        realm.introspect(token).expect(200);
        // Keycloak knows every client, which it would have to look up before it calls Latchkey.
        Endpoint.ALL.stream()
                .filter(door -> !door.name().startsWith("self"))
                .forEach(door -> door.use().apply(realm, key));
    }

    @AfterEach
    void restart() {
        database.start();
        Eventually.expect(() -> verify().status() == 200);
    }

    @Test
    void everyEndpointAnswers503AndTheLogStaysShort() {
        database.stop();
        int before = log().size();

        Map<String, Supplier<Answer>> all = latchkeysOwn();
        Endpoint.ALL.forEach(door -> all.put(door.name(), () -> door.use().apply(realm, key)));
        all.put("introspection of a token", () -> realm.introspect(token));
        all.put("token at userinfo", () -> realm.anyone().as(token).get(userinfo()));
        assertUnavailable(all);

        List<String> written = log().subList(before, log().size());
        assertEquals(
                List.of(),
                written.stream()
                        .filter(line -> line.contains("Uncaught server error")
                                || line.contains("Error checking grant type restriction")
                                || line.startsWith("\tat io.latchkey.rest."))
                        .toList());
        List<String> seconds = written.stream()
                .filter(line -> line.contains("Requests are answered 503"))
                .map(line -> line.split(",", 2)[0])
                .toList();
        assertTrue(!seconds.isEmpty(), "the log says nothing");
        assertEquals(seconds.size(), new HashSet<>(seconds).size(), seconds::toString);
    }

    @Test
    void correctClientThatCannotBeLookedUpGets503() {
        admin.post(realm.admin("/clear-realm-cache"), "").expect(204);
        realm.anyone().get("/realms/" + realm.name()).expect(200);
        database.stop();

        Map<String, Supplier<Answer>> requests = credits();
        requests.put("verify", DatabaseDownIT::verify);
        assertUnavailable(requests);
    }

    @Test
    void realmThatCannotBeLookedUpGets503AtLatchkeysEndpoints() {
        admin.post(realm.admin("/clear-realm-cache"), "").expect(204);
        database.stop();

        assertUnavailable(latchkeysOwn());
    }

    private Map<String, Supplier<Answer>> latchkeysOwn() {
        Map<String, Supplier<Answer>> own = new LinkedHashMap<>();
        String one = "/" + key.substring("test_sk_".length(), "test_sk_".length() + 12);
        // First, because this token lasts a minute only.
        own.put("list of an administrator", () -> admin.get(realm.adminKeys()));
        own.put("change by an administrator", () -> admin.patch(realm.adminKeys() + one, Map.of("name", "other")));
        own.put("list", () -> alice.get(realm.keys()));
        own.put("policy", () -> alice.get(realm.keys() + "/policy"));
        own.put("create", () -> alice.post(realm.keys(), Map.of("name", "more")));
        own.put("delete", () -> alice.delete(realm.keys() + one));
        own.put("rotate", () -> alice.send("POST", realm.keys() + one + "/rotate", null, null));
        own.put("revoke", () -> realm.anyone().form(realm.keys() + "/revoke", Map.of("token", key)));
        own.put("verify", DatabaseDownIT::verify);
        own.putAll(credits());
        own.put("forward-auth, token", () -> realm.anyone().as(token).get(realm.keys() + "/forward-auth"));
        own.put("forward-auth, key", () -> realm.anyone().with("X-API-Key", key).get(realm.keys() + "/forward-auth"));
        own.put("self", () -> realm.anyone().with("X-API-Key", key).get(realm.keys() + "/self"));
        own.put("key at userinfo", () -> realm.anyone().with("X-API-Key", key).get(userinfo()));
        return own;
    }

    private Map<String, Supplier<Answer>> credits() {
        Map<String, Supplier<Answer>> requests = new LinkedHashMap<>();
        if (ProviderJars.hasCredits()) {
            for (String action : List.of("settle", "release")) {
                requests.put(
                        action, () -> realm.client("service").post(realm.keys() + "/credits/" + action, reservation()));
            }
        }
        return requests;
    }

    private static void assertUnavailable(Map<String, Supplier<Answer>> requests) {
        assertAll(requests.entrySet().stream().map(request -> () -> {
            Answer answer = request.getValue().get();
            String what = request.getKey() + ": " + answer;
            assertEquals(503, answer.status(), what);
            assertEquals("5", answer.header("Retry-After"), what);
            assertEquals("application/problem+json", answer.header("Content-Type"), what);
            assertTrue(answer.text("type").matches("https://latchkey.io/problems/(credits-)?unavailable"), what);
        }));
    }

    private static Answer verify() {
        return realm.client("service").post(realm.keys() + "/verify", Map.of("key", key));
    }

    private static Map<String, String> reservation() {
        return Map.of("reservation", UNKNOWN_RESERVATION);
    }

    private static String userinfo() {
        return "/realms/" + realm.name() + "/protocol/openid-connect/userinfo";
    }

    private static List<String> log() {
        Path file = LatchkeyServer.folder().resolve(NAME + ".log");
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
