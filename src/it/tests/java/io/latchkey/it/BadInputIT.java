package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be understood is answered with the name of the field, and changes nothing. */
@EveryDatabase
class BadInputIT {

    private static RealmFixture realm;
    private static Answer key;

    private ApiClient caller;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of("latchkey.max-lifetime", "P30D"));
        realm.user("clumsy");
        key = realm.createKey("clumsy", "untouched");
    }

    @BeforeEach
    void signIn() {
        caller = realm.signedIn("clumsy");
    }

    @AfterEach
    void nothingHasChanged() {
        Answer list = caller.get(realm.keys()).expect(200);
        assertEquals(1, list.json().size(), list::text);
        Answer now = caller.get(path()).expect(200);
        assertEquals(key.header("ETag"), now.header("ETag"));
        assertEquals("untouched", now.text("name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                        | body",
                "[]                                       | body",
                "null                                     | body",
                "7                                        | body",
                "{} {}                                    | body",
                "``                                       | body",
                "{\"name\":                               | body",
                "{\"name\":\"a\",\"name\":\"b\"}          | name",
                "{\"name\":\"a\",\"nmae\":1}              | nmae",
                "{}                                       | name",
                "{\"name\":null}                          | name",
                "{\"name\":\"\"}                          | name",
                "{\"name\":\"   \"}                       | name",
                "{\"name\":7}                             | name",
                "{\"name\":{}}                            | name",
                "{\"name\":[\"a\"]}                       | name",
                "{\"name\":\"a\\u0000b\"}                 | name",
                "{\"name\":\"a\\u001bb\"}                 | name",
                "{\"name\":\"a\\nb\"}                     | name",
                "{\"name\":\"a\\u2028b\"}                 | name",
                "{\"name\":\"\\ud83d\"}                   | name",
                "{\"name\":\"a\",\"description\":7}       | description",
                "{\"name\":\"a\",\"enabled\":\"true\"}    | enabled",
                "{\"name\":\"a\",\"enabled\":null}        | enabled",
                "{\"name\":\"a\",\"kind\":\"public\"}     | kind",
                "{\"name\":\"a\",\"kind\":null}           | kind",
                "{\"name\":\"a\",\"kind\":\"publishable\"}| kind",
                "{\"name\":\"a\",\"expiresAt\":\"soon\"}  | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":1}         | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":null}      | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}           | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"2020-01-01\"}                     | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"9999-12-31T23:59:59Z\"}           | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"+999999999-01-01T00:00:00Z\"}     | expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"2030-02-30T00:00:00Z\"}           | expiresAt"
            })
    void aKeyIsNotMadeFrom(String body, String field) {
        assertNames(field, caller.post(realm.keys(), body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                       | body",
                "``                                       | body",
                "{\"name\":null}                          | name",
                "{\"name\":\"\"}                          | name",
                "{\"enabled\":null}                       | enabled",
                "{\"enabled\":1}                          | enabled",
                "{\"expiresAt\":null}                     | expiresAt",
                "{\"expiresAt\":\"2020-01-01T00:00:00Z\"} | expiresAt",
                "{\"expiresAt\":\"2999-01-01T00:00:00Z\"} | expiresAt",
                "{\"description\":[]}                     | description",
                "{\"what\":1}                             | what",
                "{\"status\":\"revoked\"}                 | status",
                "{\"key\":\"test_sk_1\"}                  | key"
            })
    void aKeyIsNotChangedBy(String body, String field) {
        assertNames(field, caller.patch(path(), body));
        assertNames(field, realm.master().patch(adminPath(), body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                       | body",
                "{\"gracePeriod\":\"PT2H\"}                   | gracePeriod",
                "{\"gracePeriod\":\"-PT1H\"}                  | gracePeriod",
                "{\"gracePeriod\":\"an hour\"}                | gracePeriod",
                "{\"gracePeriod\":3600}                       | gracePeriod",
                "{\"gracePeriod\":null}                       | gracePeriod",
                "{\"endOnFirstUse\":\"yes\"}              | endOnFirstUse",
                "{\"grace\":\"PT1H\"}                     | grace"
            })
    void aKeyIsNotRotatedBy(String body, String field) {
        assertNames(field, caller.post(path() + "/rotate", body));
        assertNames(field, realm.master().post(adminPath() + "/rotate", body));
    }

    @Test
    void anIdempotencyKeyHasAnEnd() {
        ApiClient wordy = caller.with("Idempotency-Key", "x".repeat(256));

        assertNames("Idempotency-Key", wordy.post(path() + "/rotate", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 10_000})
    void aNameHasAnEnd(int length) {
        assertNames("name", caller.post(realm.keys(), Map.of("name", "n".repeat(length))));
    }

    @Test
    void aDescriptionHasAnEnd() {
        assertNames("description", caller.post(realm.keys(), Map.of("name", "a", "description", "d".repeat(501))));
    }

    @Test
    void aLifeBeyondTheLongestIsRefused() {
        String late = Instant.now().plus(Duration.ofDays(31)).toString();

        assertNames("expiresAt", caller.post(realm.keys(), Map.of("name", "a", "expiresAt", late)));
        assertNames("expiresAt", caller.patch(path(), Map.of("expiresAt", late)));
    }

    @Test
    void aNameWithTwoFaultyNeighboursIsToldAboutBoth() {
        Answer refused = caller.post(realm.keys(), "{\"enabled\":3,\"kind\":4}");

        assertEquals(List.of("name", "kind", "enabled"), fields(refused.expect(400)));
    }

    @Test
    void deepNestingIsRefused() {
        assertNames("body", caller.post(realm.keys(), "{\"name\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException, InterruptedException {
        byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
        var request = HttpRequest.newBuilder(URI.create(LatchkeyServer.url() + realm.keys()))
                .header(
                        "Authorization",
                        "Bearer " + realm.passwordToken("clumsy").text("access_token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();

        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertNames("body", new Answer(response.statusCode(), response.headers(), response.body()));
    }

    @Test
    void aLargeBodyIsRefused() {
        Answer refused = caller.post(realm.keys(), Map.of("name", "a", "description", "d".repeat(100_000)));

        assertProblem(refused.expect(413));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"})
    void anotherContentTypeIsRefused(String type) {
        assertProblem(
                caller.send("POST", realm.keys(), type, "{\"name\":\"typed\"}").expect(415));
        assertProblem(caller.send("PATCH", path(), type, "{\"name\":\"typed\"}").expect(415));
    }

    @ParameterizedTest
    @CsvSource({
        "first=-1, first",
        "first=2147483648, first",
        "first=99999999999999999999, first",
        "first=one, first",
        "first=, first",
        "max=0, max",
        "max=1001, max",
        "max=-5, max",
        "max=1e3, max",
        "status=lost, status",
        "status=, status",
        "neverUsed=yes, neverUsed",
        "unusedSince=yesterday, unusedSince",
        "unusedSince=2020-01-01, unusedSince",
        "unusedSince=%2B999999999-12-31T23:59:59Z, unusedSince",
        "expiringBefore=%2B999999999-12-31T23:59:59Z, expiringBefore",
        "expiringBefore=-999999999-01-01T00:00:00Z, expiringBefore",
        "q=a%0Ab, q"
    })
    void aListIsNotFilteredBy(String query, String field) {
        assertNames(field, caller.get(realm.keys() + "?" + query));
        assertNames(field, realm.master().get(realm.adminKeys() + "?" + query));
        assertNames(field, realm.master().get(realm.adminKeys() + "/count?" + query));
    }

    @Test
    void aSearchHasAnEnd() {
        assertNames("q", caller.get(realm.keys() + "?q=" + "q".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%F0%9F%94%91", "a%27%20or%20%271", "%25"})
    void anOwnerNobodyHasOwnsNothing(String owner) {
        Answer list = realm.master().get(realm.adminKeys() + "?owner=" + owner);

        assertTrue(list.status() == 400 || list.status() == 200 && list.json().isEmpty(), list::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "AAAAAAAAAAA%00",
                "..%2F..%2Fadmin",
                "AAAAAAAAAAAA%2Frotate",
                "%E2%98%83",
                "%F0%9F%94%91",
                "%ff%fe",
                "AAAAAAAAAAAA;v=1",
                "'%20or%20'1'='1",
                "%25",
                "-1",
                "rotate",
                "null"
            })
    void aStrangeIdFindsNothing(String id) {
        assertFindsNothing(id);
    }

    @Test
    void aVeryLongIdFindsNothing() {
        assertFindsNothing("A".repeat(1000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"🔑 clé schlüssel ключ 鍵", "<script>alert(1)</script>", "a'; drop table x; --", "%s ${x} {0}"})
    void aStrangeNameIsKeptAsItIs(String name) {
        Answer made = caller.post(realm.keys(), Map.of("name", name)).expect(201);

        String found = caller.get(realm.keys() + "/" + made.text("id")).text("name");
        caller.delete(realm.keys() + "/" + made.text("id")).expect(204);

        assertEquals(name, found);
        assertTrue(made.header("Content-Type").startsWith("application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"🔑", "İ", "ﷺ"})
    void theLongestNameFitsInEveryLanguage(String letter) {
        String name = letter.repeat(64);

        Answer made = caller.post(realm.keys(), Map.of("name", name, "description", letter.repeat(500)))
                .expect(201);
        caller.delete(realm.keys() + "/" + made.text("id")).expect(204);

        assertEquals(name, made.text("name"));
        assertEquals(letter.repeat(500), made.text("description"));
    }

    private void assertFindsNothing(String id) {
        String path = realm.keys() + "/" + id;
        for (Answer answer : List.of(
                caller.get(path),
                caller.patch(path, Map.of("enabled", false)),
                caller.delete(path),
                caller.post(path + "/rotate", Map.of()),
                realm.master().get(realm.adminKeys() + "/" + id),
                realm.master().delete(realm.adminKeys() + "/" + id))) {
            assertTrue(answer.status() >= 400 && answer.status() < 500, answer::toString);
        }
    }

    private static void assertNames(String field, Answer answer) {
        assertProblem(answer.expect(400));
        assertTrue(fields(answer).contains(field), answer::text);
    }

    private static List<String> fields(Answer answer) {
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }

    private static void assertProblem(Answer answer) {
        assertTrue(answer.header("Content-Type").startsWith("application/problem+json"), answer::toString);
        assertTrue(answer.text("type").startsWith("https://latchkey.io/problems/"), answer::text);
        assertEquals(answer.status(), answer.json().path("status").asInt(), answer::text);
        assertFalse(answer.text("detail").isEmpty(), answer::text);
    }

    private static String path() {
        return realm.keys() + "/" + key.text("id");
    }

    private static String adminPath() {
        return realm.adminKeys() + "/" + key.text("id");
    }
}
