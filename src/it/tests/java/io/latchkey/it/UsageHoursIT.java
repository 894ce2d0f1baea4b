package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often keys were used, hour by hour, as their owners and administrators see it. */
@EveryDatabase
class UsageHoursIT {

    private static RealmFixture realm;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @Test
    void hoursCountAcceptedAndRejectedUsesApart() {
        String user = realm.user("hourly");
        Answer key = realm.createKey("hourly", "k");
        realm.exchange(key.text("key")).expect(200);
        realm.exchange(key.text("key")).expect(200);
        realm.exchange(WrongKeys.wrongSecret(key.text("key"))).expect(400);
        realm.master()
                .patch(realm.adminKeys() + "/" + key.text("id"), Map.of("enabled", false))
                .expect(200);
        realm.exchange(key.text("key")).expect(400);

        Eventually.expect(() -> hours("owner=" + user).at("/0/rejected").size() == 2
                && hours("owner=" + user).at("/0/accepted").asInt() == 2);

        JsonNode hour = hours("owner=" + user).get(0);
        assertEquals(key.text("id"), hour.path("keyId").asText());
        assertEquals(1, hour.at("/rejected/api_key_wrong_secret").asInt());
        assertEquals(1, hour.at("/rejected/api_key_disabled").asInt());
        assertEquals(
                Instant.now().truncatedTo(ChronoUnit.HOURS),
                Instant.parse(hour.path("hour").asText()));
    }

    @Test
    void aKeyThatWasOnlyRejectedWasNeverUsed() {
        String user = realm.user("attacked");
        Answer key = realm.createKey("attacked", "attacked");
        realm.exchange(WrongKeys.wrongSecret(key.text("key"))).expect(400);

        Eventually.expect(() -> hours("owner=" + user).size() == 1);

        assertEquals(0, hours("owner=" + user).at("/0/accepted").asInt());
        for (String filter : List.of("neverUsed=true", "unusedSince=1970-01-01T00:00:00Z")) {
            JsonNode found = realm.master()
                    .get(realm.adminKeys() + "?q=attacked&" + filter)
                    .expect(200)
                    .json();
            assertEquals(key.text("id"), found.at("/0/id").asText(), filter);
            assertTrue(found.at("/0/lastUsedAt").isNull());
        }
    }

    @Test
    void hoursComeLatestFirstInPagesAndWithinTheTimeAskedFor() {
        Answer key = usedKey("historian");
        String other = usedKey("contemporary").text("id");
        Instant now = Instant.parse(hours("key=" + key.text("id")).at("/0/hour").asText());
        addHour(key.text("id"), now.minus(2, ChronoUnit.HOURS), "accepted", 5);
        addHour(key.text("id"), now.minus(2, ChronoUnit.HOURS), "api_key_expired", 3);
        addHour(other, now.minus(2, ChronoUnit.HOURS), "accepted", 7);
        addHour(key.text("id"), now.minus(25, ChronoUnit.HOURS), "api_key_disabled", 4);
        String mine = "key=" + key.text("id");

        JsonNode day = hours(mine);

        assertEquals(2, day.size(), day::toString);
        assertEquals(
                ("{\"keyId\":\"%s\",\"api\":null,\"hour\":\"%s\",\"accepted\":5,\"rejected\":{\"api_key_expired\":3},"
                                + "\"settled\":0,\"released\":0,\"expired\":0,\"credits\":0}")
                        .formatted(key.text("id"), now.minus(2, ChronoUnit.HOURS)),
                day.get(1).toString());
        assertEquals(day.get(1), hours(mine + "&first=1&max=1").get(0));
        assertEquals(3, hours(mine + "&from=" + now.minus(25, ChronoUnit.HOURS)).size());
        assertEquals(
                day.get(1),
                hours(mine + "&from=" + now.minus(119, ChronoUnit.MINUTES) + "&to=" + now)
                        .get(0));
        assertEquals(
                0,
                hours(mine + "&from=" + now.minus(59, ChronoUnit.MINUTES) + "&to=" + now)
                        .size());
        assertEquals(1, hours(mine + "&to=" + now.minus(1, ChronoUnit.DAYS)).size());
    }

    @Test
    void ownersSeeTheHoursOfTheirOwnKeysOnly() {
        Answer mine = usedKey("insider");
        Answer others = usedKey("outsider");

        JsonNode own = ownHours("insider", "");

        assertEquals(1, own.size());
        assertEquals(mine.text("id"), own.at("/0/keyId").asText());
        assertEquals(own, ownHours("insider", "?key=" + mine.text("id")));
        assertEquals(0, ownHours("insider", "?key=" + others.text("id")).size());
        String outsider = others.json().at("/owner/id").asText();
        assertEquals(
                "owner",
                realm.signedIn("insider")
                        .get(realm.keys() + "/usage?owner=" + outsider)
                        .expect(400)
                        .json()
                        .at("/errors/0/field")
                        .asText());
        realm.anyone().get(realm.keys() + "/usage").expect(401);
    }

    @Test
    void daysAddUpTheHoursOfEachOfOnesOwnKeys() {
        Answer key = usedKey("daily");
        usedKey("weekly");
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        addHour(key.text("id"), today.minus(2, ChronoUnit.DAYS), "accepted", 5);
        addHour(key.text("id"), today.minus(2, ChronoUnit.DAYS), "api_key_expired", 3);
        addHour(key.text("id"), today.minus(25, ChronoUnit.HOURS), "accepted", 7);
        addHour(key.text("id"), today.minus(40, ChronoUnit.DAYS), "accepted", 1);

        JsonNode found = daily("daily", "");

        assertEquals(1, found.size());
        assertEquals(key.text("id"), found.at("/0/keyId").asText());
        assertEquals(2, found.at("/0/days").size(), found::toString);
        assertEquals(
                "{\"day\":\"%s\",\"accepted\":12,\"rejected\":3}"
                        .formatted(today.minus(2, ChronoUnit.DAYS).toString().substring(0, 10)),
                found.at("/0/days/0").toString());
        assertEquals(1, daily("daily", "?days=1").at("/0/days").size());
        assertEquals(3, daily("daily", "?days=90").at("/0/days").size());
        assertEquals(0, daily("daily", "?first=1").size());
        realm.signedIn("daily").get(realm.keys() + "/usage/daily?days=91").expect(400);
        realm.anyone().get(realm.keys() + "/usage/daily").expect(401);
    }

    @Test
    void administratorsOfAnotherRealmOrWithoutPermissionSeeNoHours() {
        Answer key = usedKey("private");
        try (RealmFixture elsewhere = RealmFixture.create(Map.of())) {
            JsonNode found = elsewhere
                    .master()
                    .get(elsewhere.adminKeys() + "/usage?key=" + key.text("id"))
                    .expect(200)
                    .json();
            assertEquals(0, found.size());
        }
        realm.signedIn("private").get(realm.adminKeys() + "/usage").expect(403);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,from",
        "to=2030-01-01,to",
        "from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z,from",
        "key=short,key",
        "max=1001,max",
        "first=-1,first"
    })
    void whatCannotBeUnderstoodIsNamed(String query, String field) {
        Answer answer =
                realm.master().get(realm.adminKeys() + "/usage?" + query).expect(400);

        assertEquals(field, answer.json().at("/errors/0/field").asText());
    }

    @Test
    void hoursGoAfterTheirRetention() {
        Answer key = usedKey("old");
        addHour(key.text("id"), Instant.now().truncatedTo(ChronoUnit.HOURS).minus(89, ChronoUnit.DAYS), "accepted", 1);
        addHour(key.text("id"), Instant.parse("2020-01-01T00:00:00Z"), "accepted", 1);
        addHour(key.text("id"), Instant.parse("2020-01-01T00:00:00Z"), "api_key_expired", 1);
        String all = "from=2000-01-01T00:00:00Z&key=" + key.text("id");

        Eventually.expect(() -> hours(all).size() == 2);

        assertTrue(hours(all).at("/1/hour").asText().compareTo("2021") > 0);
    }

    @Test
    void theLinesOfThePageWork() {
        Answer key = usedKey("reader");
        Map<String, String> shell = Map.of(
                "KEYCLOAK", LatchkeyServer.url(),
                "REALM", realm.name(),
                "TOKEN", realm.passwordToken("reader").expect(200).text("access_token"),
                "ADMIN_TOKEN", realm.masterToken(),
                "ID", key.text("id"));

        List<CurlLine> lines = CurlLine.of("usage.md");

        assertEquals(4, lines.size());
        for (CurlLine line : lines) {
            Answer answer = line.run(shell).expect(200);
            if (line.text().contains("text/csv")) {
                assertTrue(answer.text().startsWith("day,ownerType,"), answer.text());
            } else {
                assertEquals(key.text("id"), answer.json().at("/0/keyId").asText());
            }
        }
    }

    private static JsonNode daily(String user, String query) {
        return realm.signedIn(user)
                .get(realm.keys() + "/usage/daily" + query)
                .expect(200)
                .json();
    }

    /** A new user's key, once a use of it is on record. */
    private static Answer usedKey(String user) {
        realm.user(user);
        Answer key = realm.createKey(user, "k");
        realm.exchange(key.text("key")).expect(200);
        Eventually.expect(() -> hours("key=" + key.text("id")).size() == 1);
        return key;
    }

    private static JsonNode hours(String query) {
        return realm.master()
                .get(realm.adminKeys() + "/usage?" + query)
                .expect(200)
                .json();
    }

    private static JsonNode ownHours(String user, String query) {
        return realm.signedIn(user)
                .get(realm.keys() + "/usage" + query)
                .expect(200)
                .json();
    }

    /** An hour of use that lies in the past. */
    private static void addHour(String key, Instant hour, String outcome, int uses) {
        try (Database database = Database.open()) {
            database.change(
                    "insert into LATCHKEY_USE_HOUR (KEY_ID, HOUR_START, API_ID, OUTCOME, USES, CREDITS) values ('" + key
                            + "', " + hour.toEpochMilli() + ", '', '" + outcome + "', " + uses + ", 0)");
        }
    }
}
