package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Flows.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A login by key gives no offline token, whenever it is asked for: the offline session would outlive the key. */
class OfflineAccessIT {

    private static final String BACK = "http://localhost/back";

    private static RealmFixture realm;

    @BeforeAll
    static void makeFlows() {
        realm = RealmFixture.create(Map.of());
        Flows flows = new Flows(realm);
        flows.client("strict", "direct_grant", flows.flow("strict", List.of(Step.required(Flows.KEY))));
        flows.client("web", "browser", flows.flow("web", List.of(Step.required(Flows.KEY))));
    }

    @Test
    void aDirectLoginIsRefused() {
        String user = realm.user("olga");
        ApiClient holder = realm.anyone().with("X-API-Key", key("olga"));
        Map<String, String> login =
                Map.of("grant_type", "password", "client_id", "strict", "scope", "openid offline_access");

        assertRefused(user, holder.form(realm.token(), login));
    }

    @Test
    void aLoginInABrowserIsRefused() {
        String user = realm.user("pia");
        Browser browser = new Browser(realm.anyone().with("X-API-Key", key("pia")));

        assertRefused(user, tokens("web", browser.open(authorization("web", "openid%20offline_access"))));
    }

    @Test
    void aSessionThatAKeyOpenedIsRefusedAtTheNextClient() {
        String user = realm.user("quinn");
        Map<String, String> headers = new LinkedHashMap<>(Map.of("X-API-Key", key("quinn")));
        Browser browser = new Browser(realm.anyone(), headers);
        tokens("web", browser.open(authorization("web", "openid"))).expect(200);
        headers.clear();

        tokens("app", browser.open(authorization("app", "openid"))).expect(200);

        assertRefused(user, tokens("app", browser.open(authorization("app", "openid%20offline_access"))));
    }

    private static void assertRefused(String user, Answer answer) {
        assertEquals("invalid_scope", answer.expect(400).text("error"), answer::text);
        RealmSetup roles = new RealmSetup(realm);
        for (String client : List.of("strict", "web", "app")) {
            Answer offline = realm.master()
                    .get(realm.admin("/users/" + user + "/offline-sessions/" + roles.idOf(client)))
                    .expect(200);
            assertEquals(0, offline.json().size(), offline::text);
        }
    }

    private static String key(String user) {
        return realm.createKey(user, "k").text("key");
    }

    private static String authorization(String client, String scope) {
        return "/realms/" + realm.name() + "/protocol/openid-connect/auth?response_type=code&client_id=" + client
                + "&redirect_uri=" + BACK + "&scope=" + scope;
    }

    private static Answer tokens(String client, Answer redirect) {
        return realm.anyone()
                .form(
                        realm.token(),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                client,
                                "code",
                                Browser.parameter(redirect, "code"),
                                "redirect_uri",
                                BACK));
    }
}
