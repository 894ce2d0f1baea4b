package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.it.ApiClient.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What narrows a key: who may set it, what is refused, and that it comes back as it was given. */
class RestrictionsIT {

    private static final String PAGE = "https://app.example.org";
    private static final Map<String, Object> ALL = Map.of(
            "scopes", List.of("email", "openid"),
            "audiences", List.of("service", "app"),
            "allowedIps", List.of("127.0.0.1", "2001:db8::/32"),
            "allowedOrigins", List.of(PAGE));

    private static RealmFixture realm;

    private final String owner = "owner-" + UUID.randomUUID().toString().substring(0, 8);
    private String ownerId;
    private ApiClient caller;

    @BeforeAll
    static void createRealm() {
        realm = RealmFixture.create(Map.of());
    }

    @BeforeEach
    void signIn() {
        realm.policy(Map.of("scopes", List.of("email", "openid"), "kinds", List.of("secret", "publishable")));
        ownerId = realm.user(owner);
        caller = realm.signedIn(owner);
    }

    @Test
    void aKeyIsMadeAndShownWithItsRestrictions() {
        Answer made = create(ALL).expect(201);

        Answer read = caller.get(path(made)).expect(200);
        ALL.forEach((field, value) -> {
            assertEquals(value, texts(made, field));
            assertEquals(value, texts(read, field));
        });
    }

    @Test
    void whatWasReadCanBeSentBack() {
        Answer made = create(ALL).expect(201);
        Answer read = caller.get(path(made)).expect(200);

        Answer put = caller.put(path(made), read.json()).expect(200);
        Answer byAdmin = realm.master().put(adminPath(made), read.json()).expect(200);

        assertEquals(read.json(), put.json());
        assertEquals(read.header("ETag"), byAdmin.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({"scopes", "audiences", "allowedIps", "allowedOrigins"})
    void oneListIsChangedAndClearedWithoutTheOthers(String field) {
        Answer made = create(ALL).expect(201);
        String first = texts(made, field).get(0);

        Answer narrower =
                caller.patch(path(made), Map.of(field, List.of(first))).expect(200);
        assertEquals(List.of(first), texts(narrower, field));
        Answer cleared = caller.patch(path(made), "{\"" + field + "\":null}").expect(200);

        Map<String, Object> expected = new LinkedHashMap<>(ALL);
        expected.put(field, List.of());
        expected.forEach((name, value) -> assertEquals(value, texts(cleared, name), name));
        caller.patch(path(made), Map.of(field, List.of())).expect(200);
        assertEquals(cleared.header("ETag"), caller.get(path(made)).header("ETag"));
    }

    @Test
    void whatMeansTheSameIsKeptOnceAndInItsShortestForm() {
        Answer made = create(Map.of(
                        "scopes", List.of("email", "email"),
                        "audiences", List.of("app", "app"),
                        "allowedIps", List.of("::ffff:10.0.0.1", "10.0.0.1/32", "2001:DB8:0::/48"),
                        "allowedOrigins", List.of("https://APP.example.org:443", PAGE)))
                .expect(201);

        assertEquals(List.of("email"), texts(made, "scopes"));
        assertEquals(List.of("app"), texts(made, "audiences"));
        assertEquals(List.of("10.0.0.1", "2001:db8::/48"), texts(made, "allowedIps"));
        assertEquals(List.of(PAGE), texts(made, "allowedOrigins"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"scopes\":[\"email\",\"nope\"]}                       | scopes[1]",
                "{\"scopes\":[\"email\",\"email\",\"nope\"]}             | scopes[2]",
                "{\"scopes\":\"email\"}                                  | scopes",
                "{\"scopes\":[\"email address\"]}                        | scopes[0]",
                "{\"audiences\":[\"app\",\"nope\"]}                      | audiences[1]",
                "{\"audiences\":[true]}                                  | audiences[0]",
                "{\"allowedIps\":[\"10.0.0.1/8\"]}                       | allowedIps[0]",
                "{\"allowedIps\":[\"127.0.0.1\",\"/8\"]}                 | allowedIps[1]",
                "{\"allowedIps\":[\"localhost\"]}                        | allowedIps[0]",
                "{\"allowedOrigins\":[\"https://app.example.org/\"]}     | allowedOrigins[0]",
                "{\"allowedOrigins\":[\"*\"]}                            | allowedOrigins[0]"
            })
    void aWrongElementIsNamedAndChangesNothing(String json, String field) {
        Answer made = create(Map.of()).expect(201);

        assertNames(field, caller.patch(path(made), json));
        assertNames(field, realm.master().patch(adminPath(made), json));
        assertNames(field, caller.post(realm.keys(), "{\"name\":\"new\"," + json.substring(1)));

        assertEquals(made.header("ETag"), caller.get(path(made)).header("ETag"));
        assertEquals(1, caller.get(realm.keys()).json().size());
    }

    @ParameterizedTest
    @CsvSource({"scopes, 20", "audiences, 20", "allowedIps, 50", "allowedOrigins, 20"})
    void everyListHasAnEnd(String field, int most) {
        List<String> values = IntStream.rangeClosed(0, most)
                .mapToObj(i -> switch (field) {
                    case "allowedIps" -> "ffff:ffff:ffff:ffff:ffff:ffff:ffff:" + Integer.toHexString(0x1000 + i);
                    case "allowedOrigins" -> "https://h" + i + "." + "a".repeat(100) + ".example";
                    default -> "n" + i;
                })
                .toList();

        assertNames(field, create(Map.of(field, values)));
        if (field.startsWith("allowed")) {
            assertEquals(
                    values.subList(0, most),
                    texts(create(Map.of(field, values.subList(0, most))).expect(201), field));
        }
    }

    @Test
    void peopleGiveWhatThePolicyOffersAndAdministratorsGiveAnything() {
        Answer made = create(Map.of()).expect(201);

        assertNames("scopes[0]", caller.patch(path(made), Map.of("scopes", List.of("profile"))));
        realm.master()
                .patch(adminPath(made), Map.of("scopes", List.of("profile")))
                .expect(200);

        // What an administrator has given may stay beside what the policy offers.
        Answer both = caller.patch(path(made), Map.of("scopes", List.of("profile", "email")))
                .expect(200);
        assertEquals(List.of("profile", "email"), texts(both, "scopes"));
        assertEquals(List.of("email", "openid"), texts(caller.get(realm.keys() + "/policy"), "scopes"));
    }

    @Test
    void aScopeThatIsOfferedButGoneIsNotListed() {
        ObjectNode settings =
                (ObjectNode) realm.master().get(realm.admin("")).expect(200).json();
        settings.withObject("/attributes").put("latchkey.scopes", "email no-such-scope");
        realm.master().put(realm.admin(""), settings).expect(204);

        assertEquals(List.of("email"), texts(caller.get(realm.keys() + "/policy"), "scopes"));
        assertNames("scopes[0]", create(Map.of("scopes", List.of("no-such-scope"))));
    }

    @Test
    void whoMayNotMakeKeysMayNarrowButNotLoosenThem() {
        Answer made = create(ALL).expect(201);
        Answer open = create(Map.of("name", "open")).expect(201);
        realm.policy(Map.of("creation", "admins", "scopes", List.of("email", "openid")));

        caller.patch(path(made), Map.of("scopes", List.of("email"))).expect(200);
        caller.patch(path(made), Map.of("scopes", List.of("email", "openid"))).expect(403);
        caller.patch(path(made), Map.of("audiences", List.of())).expect(403);
        caller.patch(path(made), "{\"allowedIps\":null}").expect(403);
        caller.patch(path(made), Map.of("allowedOrigins", List.of("https://b.example")))
                .expect(403);
        caller.patch(path(open), ALL).expect(200);
        caller.patch(path(made), Map.of("name", "renamed")).expect(200);
        realm.master().patch(adminPath(made), "{\"allowedIps\":null}").expect(200);
    }

    @Test
    void whereAddressesAreRequiredASecretKeyKeepsSome() {
        Answer before = create(Map.of("name", "before")).expect(201);
        realm.policy(Map.of("requireIp", true, "kinds", List.of("secret", "publishable")));

        assertNames("allowedIps", create(Map.of()));
        Answer made = create(Map.of("allowedIps", List.of("127.0.0.1"))).expect(201);
        assertNames("allowedIps", caller.patch(path(made), "{\"allowedIps\":[]}"));
        create(Map.of("name", "p", "kind", "publishable", "allowedOrigins", List.of(PAGE)))
                .expect(201);
        caller.patch(path(before), Map.of("description", "still here")).expect(200);
    }

    @Test
    void rotationFollowsTheAddressRuleOfTodayAtEveryEndpoint() {
        Answer before = create(Map.of("name", "before")).expect(201);
        realm.policy(Map.of("requireIp", true));
        ApiClient holder = realm.anyone().with("X-API-Key", before.text("key"));

        assertNames("allowedIps", caller.post(path(before) + "/rotate", Map.of()));
        assertNames("allowedIps", realm.master().post(adminPath(before) + "/rotate", Map.of()));
        assertNames("allowedIps", holder.post(realm.keys() + "/self/rotate", Map.of()));
        assertNames(
                "allowedIps", caller.patch(path(before), Map.of("allowedIps", List.of("0.0.0.0/1", "128.0.0.0/1"))));
        caller.patch(path(before), Map.of("allowedIps", List.of("127.0.0.1"))).expect(200);
        holder.post(realm.keys() + "/self/rotate", Map.of()).expect(201);
    }

    @Test
    void rotationOfAKindThatThePolicyNoLongerAllowsNamesTheKind() {
        Answer made = create(Map.of("kind", "publishable", "allowedOrigins", List.of(PAGE)))
                .expect(201);
        realm.policy(Map.of());

        assertNames("kind", caller.post(path(made) + "/rotate", Map.of()));
        assertNames("kind", realm.master().post(adminPath(made) + "/rotate", Map.of()));
    }

    @Test
    void aPublishableKeyKeepsAnOrigin() {
        assertNames("allowedOrigins", create(Map.of("kind", "publishable")));
        Answer made = create(Map.of("kind", "publishable", "allowedOrigins", List.of(PAGE)))
                .expect(201);

        assertTrue(made.text("key").startsWith("test_pk_"), made.text("preview"));
        assertEquals("publishable", made.text("kind"));
        assertNames("allowedOrigins", caller.patch(path(made), "{\"allowedOrigins\":null}"));
        realm.policy(Map.of());
        assertNames("kind", create(Map.of("name", "q", "kind", "publishable", "allowedOrigins", List.of(PAGE))));
    }

    @Test
    void theTokenEndpointAsksWhereAKeyIsUsed() {
        Answer here = create(Map.of("name", "here", "allowedIps", List.of("127.0.0.0/8")))
                .expect(201);
        Answer elsewhere = create(Map.of("name", "elsewhere", "allowedIps", List.of("192.0.2.0/24", "::1")))
                .expect(201);
        RealmSetup setup = new RealmSetup(realm);
        setup.forgetEvents();

        realm.exchange(here.text("key")).expect(200);
        Rejection.assertTellsNothing(realm.exchange(elsewhere.text("key")));

        Rejection.assertRecorded(setup, "api_key_address_not_allowed", elsewhere, ownerId);
        caller.patch(path(elsewhere), Map.of("allowedIps", List.of("::ffff:127.0.0.1")))
                .expect(200);
        realm.exchange(elsewhere.text("key")).expect(200);
    }

    @Test
    void theTokenEndpointAsksWhichPageUsesAKey() {
        Answer key = create(Map.of("allowedOrigins", List.of(PAGE))).expect(201);
        new RealmSetup(realm).client("app", Map.of("publicClient", true, "webOrigins", List.of("*")));
        Map<String, String> form = Map.of("grant_type", RealmFixture.GRANT);
        ApiClient holder = realm.anyone().with("X-API-Key", key.text("key"));

        holder.with("Origin", PAGE).form(realm.token(), form).expect(200);
        holder.with("Origin", "https://other.example").form(realm.token(), form).expect(400);
        holder.form(realm.token(), form).expect(400);
    }

    private static void assertNames(String field, Answer refused) {
        List<String> fields = refused.expect(400).json().path("errors").findValuesAsText("field");
        assertEquals(List.of(field), fields, refused::text);
    }

    private Answer create(Map<String, ?> more) {
        Map<String, Object> draft = new LinkedHashMap<>(Map.of("name", "k"));
        draft.putAll(more);
        return caller.post(realm.keys(), draft);
    }

    private static String path(Answer key) {
        return realm.keys() + "/" + key.text("id");
    }

    private static String adminPath(Answer key) {
        return realm.adminKeys() + "/" + key.text("id");
    }

    private static List<String> texts(Answer answer, String field) {
        List<String> texts = new ArrayList<>();
        answer.json().path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
