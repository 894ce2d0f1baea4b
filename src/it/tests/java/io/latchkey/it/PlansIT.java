package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API is sold in three plans, as the script of the demo sets it up and the page about it says. */
@NeedsCredits
class PlansIT {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Map<String, String> SERP = Map.of("method", "GET", "path", "/serp/google?q=keys");
    private static final String SCRIPT =
            Path.of("docker", "demo", "plans.sh").toAbsolutePath().toString();

    private static final Map<String, String> SHELL = new HashMap<>(
            Map.of("KEYCLOAK", LatchkeyServer.url(), "SECRET", RealmFixture.SECRET, "PASSWORD", "not-the-default"));

    private static Kcadm kcadm;
    private static RealmFixture realm;
    private static PaidRealm paid;
    private static RealmSetup setup;

    @TempDir
    static Path directory;

    @BeforeAll
    static void setUp() throws IOException, InterruptedException {
        realm = RealmFixture.existing("plans-" + UUID.randomUUID().toString().substring(0, 8));
        paid = new PaidRealm(realm);
        setup = new RealmSetup(realm);
        kcadm = Kcadm.signedIn(directory);
        SHELL.put("REALM", realm.name());
        script("ADMIN=admin ADMIN_PASSWORD=admin KCADM='%s'".formatted(Kcadm.distributed()));
        String before = key("prisca", "before").text("key");
        script("");
        assertTrue(isAccepted(before));
    }

    private static void script(String login) throws IOException, InterruptedException {
        String said = kcadm.run("%s '%s'".formatted(login, SCRIPT), SHELL)
                .expectSuccess()
                .output();
        assertTrue(said.contains("The realm " + realm.name() + " sells keys."), said);
    }

    @Test
    void whoHasNoPlanIsToldWhereThereIsOne() {
        customer("nobody");

        Answer refused =
                signedIn("nobody").post(realm.keys(), Map.of("name", "none")).expect(403);

        assertTrue(refused.text("type").endsWith("/plan-required"), refused::text);
        assertEquals("https://example.com/pricing", refused.text("upgradeUrl"));
    }

    @Test
    void freeIsOneKeyAndAFewCallsAtOnce() {
        String key = key("fiona", "only").text("key");
        assertTooMany("fiona");
        assertEquals(
                "credits_exhausted",
                paid.verify("batch-api", key, Map.of("dryRun", true))
                        .path("code")
                        .asText());
        List<Answer> answers = new ArrayList<>();
        Eventually.expect(() -> {
            answers.add(serp(key, "&settle=true"));
            return answers.get(answers.size() - 1).status() == 429;
        });

        assertTrue(answers.size() > 4, "refused after " + answers.size());
        assertEquals("0.5", answers.get(0).header("X-Auth-Credits-Cost"));
        Answer refused = answers.get(answers.size() - 1);
        assertTrue(refused.text("type").endsWith("/rate-limited"), refused::text);
        assertEquals("\"owner\";q=60;w=60;burst=5", refused.header("RateLimit-Policy"));
        assertTrue(refused.header("RateLimit").startsWith("\"owner\";r=0;t="), refused.header("RateLimit"));
        assertEquals("1", refused.header("Retry-After"));
    }

    @Test
    void professionalIsThreeKeys() {
        customer("three", "professional");
        List.of("first", "second", "third").forEach(name -> key("three", name));

        assertTooMany("three");
    }

    @Test
    void aPageOfResultsCostsHalfACreditAndAFailureNothing() {
        customer("payer", "professional");
        String key = key("payer", "paying").text("key");

        for (int call = 0; call < 3; call++) {
            String reservation = paid.reserve("rest-api", key, SERP);
            paid.settle("rest-api", Map.of("reservation", reservation)).expect(200);
        }
        paid.release("rest-api", paid.reserve("rest-api", key, SERP)).expect(200);
        String batch = paid.reserve("batch-api", key, Map.of("method", "POST", "path", "/serp/google"));
        paid.settle("batch-api", Map.of("reservation", batch)).expect(200);

        Eventually.expect(() -> spent("payer", "rest-api").equals("1.5"));
        Eventually.expect(() -> spent("payer", "batch-api").equals("0.5"));
        assertEquals("10000", credits("payer", "rest-api").path("granted").asText());
        assertEquals("10000", credits("payer", "batch-api").path("granted").asText());
    }

    @Test
    void anUpgradeCountsWithinASecond() {
        String id = customer("upgrading", "professional");
        String key = key("upgrading", "one").text("key");
        paid.settle("rest-api", Map.of("reservation", paid.reserve("rest-api", key, SERP)))
                .expect(200);
        assertEquals("\"owner\";q=10;w=1;burst=50", serp(key).header("RateLimit-Policy"));

        setup.giveRole(id, "premium");

        Eventually.within(SOON, () -> serp(key).header("RateLimit-Policy").equals("\"owner\";q=50;w=1;burst=200"));
        Eventually.within(SOON, () -> granted(key).equals("50000"));
        Eventually.expect(() -> spent("upgrading", "rest-api").equals("0.5"));
    }

    @Test
    void withThePlanGoTheNewestKeysAndTheyComeBackWithIt() {
        String id = customer("leaving", "free", "professional");
        List<String> keys = Stream.of("a", "b", "c")
                .map(name -> key("leaving", name).text("key"))
                .toList();

        setup.withdrawRole(id, "professional");

        Eventually.within(SOON, () -> accepted(keys).equals(List.of(true, false, false)));
        assertTooMany("leaving");
        setup.withdrawRole(id, "free");
        Eventually.within(SOON, () -> accepted(keys).equals(List.of(false, false, false)));
        setup.giveRole(id, "premium");
        Eventually.within(SOON, () -> accepted(keys).equals(List.of(true, true, true)));
    }

    private static List<Boolean> accepted(List<String> keys) {
        return keys.stream().map(PlansIT::isAccepted).toList();
    }

    @Test
    void plansAreListedWithAllTheySay() {
        JsonNode plans =
                realm.master().get(realm.adminKeys() + "/plans").expect(200).json();
        JsonNode professional = StreamSupport.stream(plans.spliterator(), false)
                .filter(plan -> plan.path("role").asText().equals("professional"))
                .findFirst()
                .orElseThrow();

        assertEquals(3, professional.path("maxKeys").asInt());
        assertEquals("10/s burst 50", professional.path("ownerRateLimit").asText());
        assertEquals("10000/month", professional.at("/credits/batch-api").asText());
        assertEquals("[]", professional.path("faults").toString());
    }

    @Test
    void theLinesOfThePageWork() throws IOException, InterruptedException {
        String login = line("^TOKEN=.*$").get(0) + "; printf %s \"$TOKEN\"";
        Map<String, String> shell = new LinkedHashMap<>(SHELL);
        shell.put("TOKEN", kcadm.run(login, SHELL).expectSuccess().output());
        shell.put("KEY", key("paul", "of the page").text("key"));
        shell.put("RESERVATION", paid.reserve("rest-api", shell.get("KEY"), SERP));

        CurlLine.of("plans.md")
                .forEach(line -> line.run(shell).expect(line.text().contains("my script") ? 201 : 200));
        for (String command : line("^kcadm.sh .*$")) {
            kcadm.run(command, shell).expectSuccess();
        }

        Eventually.within(SOON, () -> granted(shell.get("KEY")).equals("50000"));
    }

    private static List<String> line(String pattern) throws IOException {
        Path page = Path.of("src", "docs", "plans.md");
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** A new user with these plans. */
    private static String customer(String name, String... plans) {
        String id = realm.user(name);
        Stream.of(plans).forEach(plan -> setup.giveRole(id, plan));
        return id;
    }

    private static ApiClient signedIn(String user) {
        String password = List.of("fiona", "paul", "prisca").contains(user) ? SHELL.get("PASSWORD") : user;
        return realm.anyone()
                .as(realm.anyone()
                        .form(
                                realm.token(),
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "client_id",
                                        "customer-login",
                                        "username",
                                        user,
                                        "password",
                                        password))
                        .expect(200)
                        .text("access_token"));
    }

    private static Answer key(String user, String name) {
        return signedIn(user).post(realm.keys(), Map.of("name", name)).expect(201);
    }

    private static void assertTooMany(String user) {
        Answer refused =
                signedIn(user).post(realm.keys(), Map.of("name", "one more")).expect(409);
        assertTrue(refused.text("type").endsWith("/too-many-keys"), refused::text);
    }

    private static Answer serp(String key) {
        return serp(key, "&dryRun=true");
    }

    /** A call that waits at the gateway. */
    private static Answer serp(String key, String how) {
        return paid.forwardAuth(
                key,
                "?audience=rest-api" + how,
                Map.of("X-Forwarded-Method", "GET", "X-Forwarded-Uri", "/serp/google"));
    }

    private static String granted(String key) {
        return paid.verify("rest-api", key, Map.of("dryRun", true))
                .at("/credits/granted")
                .asText();
    }

    /** What customers see of their credits. */
    private static JsonNode credits(String user, String api) {
        JsonNode all = signedIn(user).get(realm.keys() + "/credits").expect(200).json();
        return StreamSupport.stream(all.spliterator(), false)
                .filter(credits -> credits.path("api").asText().equals(api))
                .findFirst()
                .orElseThrow(() -> new AssertionError(all.toString()));
    }

    private static String spent(String user, String api) {
        return credits(user, api).path("spent").asText();
    }

    private static boolean isAccepted(String key) {
        return paid.verify("rest-api", key, Map.of("dryRun", true))
                .path("valid")
                .asBoolean();
    }
}
