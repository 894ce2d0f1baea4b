package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.it.ApiClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EveryRelease
class ProviderIT {

    @Test
    void theServerRunsTheProviderAndTheReleaseUnderTest() {
        try (RealmFixture realm = RealmFixture.create(Map.of())) {
            Answer info = realm.master().get("/admin/serverinfo").expect(200);

            assertTrue(info.json().at("/providers/latchkey/providers").has("default"), info::text);
            assertEquals(
                    System.getProperty("latchkey.it.keycloak"),
                    info.json().at("/systemInfo/version").asText());
        }
    }

    @Test
    void discoveryListsTheGrant() {
        try (RealmFixture realm = RealmFixture.create(Map.of())) {
            Answer discovery = realm.anyone().get("/realms/" + realm.name() + "/.well-known/openid-configuration");

            assertTrue(discovery
                    .expect(200)
                    .json()
                    .path("grant_types_supported")
                    .toString()
                    .contains(RealmFixture.GRANT));
        }
    }
}
