package io.latchkey.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.RealmFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application that has never heard of API keys takes the token of one. */
class SampleApiIT {

    @Test
    void takesTheTokenOfAKeyThatIsMeantForIt() throws Exception {
        try (RealmFixture realm = RealmFixture.create(Map.of());
                SampleApi api = start(realm)) {
            addAudience(realm);
            String id = realm.user("alice");
            Answer key = realm.createKey("alice", "orders");
            Answer token = realm.exchange(key.text("key")).expect(200);

            Answer orders =
                    client(api).as(token.text("access_token")).get("/orders").expect(200);

            assertEquals(id, orders.text("subject"));
            assertEquals("alice", orders.text("username"));
            assertEquals(key.text("id"), orders.text("api_key_id"));
        }
    }

    @Test
    void refusesNothingAKeyAndATokenForOthers() throws Exception {
        try (RealmFixture realm = RealmFixture.create(Map.of());
                SampleApi api = start(realm)) {
            realm.user("alice");
            String key = realm.createKey("alice", "orders").text("key");
            Answer token = realm.exchange(key).expect(200);

            client(api).get("/orders").expect(401);
            client(api).with("X-API-Key", key).get("/orders").expect(401);
            client(api).as(key).get("/orders").expect(401);
            client(api).as(token.text("access_token")).get("/orders").expect(401);
        }
    }

    private SampleApi start(RealmFixture realm) throws IOException {
        SampleApi api = SampleApi.start(
                Path.of("docker/sample-api/target/sample-api.jar"),
                LatchkeyServer.freePort(),
                URI.create(LatchkeyServer.url() + "/realms/" + realm.name()),
                LatchkeyServer.folder().resolve("sample-api.log"));
        api.awaitReady(Duration.ofMinutes(2));
        return api;
    }

    private static ApiClient client(SampleApi api) {
        return new ApiClient(api.base().toString());
    }

    private static void addAudience(RealmFixture realm) {
        Answer clients =
                realm.master().get(realm.admin("/clients?clientId=app")).expect(200);
        String client = clients.json().at("/0/id").asText();
        realm.master()
                .post(
                        realm.admin("/clients/" + client + "/protocol-mappers/models"),
                        Map.of(
                                "name", "audience",
                                "protocol", "openid-connect",
                                "protocolMapper", "oidc-audience-mapper",
                                "config",
                                        Map.of(
                                                "included.custom.audience", "sample-api",
                                                "access.token.claim", "true")))
                .expect(201);
    }
}
