package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latchkey.it.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the policy says {@code session=online}, the session of a key with scopes gives nothing more either. */
class ScopedSessionIT {

    private static RestrictedRealm it;
    private static int clients;

    private String client;
    private Answer key;
    private Answer opened;

    @BeforeAll
    static void createRealm() {
        it = new RestrictedRealm(Map.of("latchkey.session", "online", "latchkey.max-keys", "50"));
        it.scope("salaries", List.of());
        it.scopeRole("salaries", "payroll");
    }

    @BeforeEach
    void openSession() {
        clients++;
        client = "narrow" + clients;
        it.setup.client(RestrictedRealm.narrow(client, "reports", "salaries"));
        key = it.key(Map.of("scopes", List.of("reports", "openid")));
        opened = it.exchange(key, client, Map.of()).expect(200);
    }

    @Test
    void theTokenAndARefreshedOneCarryTheScopeOnly() {
        Answer refreshed = it.refresh(opened, client, Map.of());

        it.assertReportsOnly(opened);
        it.assertReportsOnly(refreshed);
        RestrictedRealm.assertNoSecrets(
                it.userinfo(refreshed.text("access_token")).expect(200).json());
        it.assertReportsOnly(it.onwards(refreshed.text("access_token"), client, Map.of("scope", "reports")));
    }

    @Test
    void aRefreshGivesNoOtherScope() {
        Answer refreshed = it.refresh(opened, client, Map.of("scope", "openid reports salaries"));

        it.assertReportsOnly(refreshed);
    }

    @Test
    void aRefreshIsRefusedOnceTheClientGivesMore() {
        it.setup.client(client, Map.of("fullScopeAllowed", true));

        Answer refreshed = it.refresh(opened, client, Map.of());

        assertEquals(400, refreshed.status(), refreshed::text);
        assertEquals("unauthorized_client", refreshed.text("error"));
        assertFalse(refreshed.json().has("access_token"));
    }

    @Test
    void aRefreshIsRefusedOnceTheKeyCarriesLess() {
        it.realm
                .master()
                .patch(it.realm.adminKeys() + "/" + key.text("id"), Map.of("scopes", List.of("salaries")))
                .expect(200);

        Answer refreshed = it.refresh(opened, client, Map.of());

        assertEquals(400, refreshed.status(), refreshed::text);
        assertFalse(refreshed.json().has("access_token"));
    }

    @Test
    void theRefreshedTokenOpensNoneOfKeycloaksDoors() {
        String token = it.refresh(opened, client, Map.of()).expect(200).text("access_token");

        ApiClient holder = it.realm.anyone().as(token).with("Accept", "application/json");
        assertEquals(401, holder.get(it.realm.admin("/users")).status());
        assertEquals(401, holder.get("/realms/" + it.realm.name() + "/account").status());
        assertEquals(401, holder.get(it.realm.keys()).status());
    }
}
