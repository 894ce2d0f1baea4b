package io.latchkey.verify;

import static io.latchkey.fakes.RealmStub.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.RealmStub;
import io.latchkey.model.ApiKey;
import io.latchkey.model.TestKeys;
import io.latchkey.verify.KeyTokenScopePolicy.Fault;
import io.latchkey.verify.KeyTokenScopePolicy.Granted;
import io.latchkey.verify.KeyTokenScopePolicy.Refused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

class KeyTokenScopePolicyTest {

    private static final ApiKey PLAIN = TestKeys.active();
    private static final ApiKey SCOPED = TestKeys.restricted(ids("reports", "invoices"), List.of());
    private static final ApiKey AIMED = TestKeys.restricted(List.of(), ids("orders", "stock"));

    private final RealmStub realm = new RealmStub();
    private final ClientScopeModel reports = realm.scope("reports");
    private final ClientModel orders = realm.narrowClient("orders");
    private final ClientModel stock = realm.narrowClient("stock");
    private final ClientModel app = realm.narrowClient(
            "app", reports, realm.scope("invoices"), realm.scope("other"), realm.scope("offline_access"));

    @Test
    void aKeyWithoutRestrictionsGetsWhatIsAskedFor() {
        assertEquals(new Granted(Optional.of("any thing"), List.of(), false), terms(PLAIN, "any thing"));
        assertEquals(new Granted(Optional.empty(), List.of(), false), terms(PLAIN, null));
        assertEquals(new Granted(Optional.empty(), List.of(orders), true), terms(PLAIN, null, "orders"));
    }

    @Test
    void aKeyWithScopesGetsAllOfThemUnlessItAsksForLess() {
        assertEquals(granted("reports invoices"), terms(SCOPED, null));
        assertEquals(granted("reports"), terms(SCOPED, " reports "));
        assertEquals(granted(""), terms(SCOPED, ""));
    }

    @Test
    void aKeyWithScopesGetsNoOther() {
        assertRefused(Fault.SCOPE, terms(SCOPED, "other"));
        assertRefused(Fault.SCOPE, terms(SCOPED, "reports other"));
        assertRefused(Fault.SCOPE, terms(SCOPED, "openid"));
    }

    @Test
    void aScopeThatTheClientDoesNotOfferIsNotCarriedThere() {
        ClientModel few = realm.narrowClient("few", reports);

        assertEquals(
                granted("reports"), KeyTokenScopePolicy.of(realm.model(), few, SCOPED, Optional.empty(), List.of()));
        assertRefused(Fault.SCOPE, KeyTokenScopePolicy.of(realm.model(), orders, SCOPED, Optional.empty(), List.of()));
    }

    @Test
    void keyWithScopeOfOrganizationsMayNameOne() {
        ClientScopeModel organization = realm.organizationScope("organization");
        realm.scope("organization:secret");
        realm.scope("reports:write");
        ClientModel client = realm.narrowClient("clubs", organization, reports);
        ApiKey key = TestKeys.restricted(ids("organization", "reports"), List.of());

        assertEquals(granted("organization:acme"), terms(client, key, "organization:acme"));
        assertEquals(granted("organization reports"), terms(client, key, null));
        assertRefused(Fault.SCOPE, terms(client, key, "organization:*"));
        assertRefused(Fault.SCOPE, terms(client, key, "organization:"));
        // Scopes of their own.
        assertRefused(Fault.SCOPE, terms(client, key, "organization:secret"));
        assertRefused(Fault.SCOPE, terms(client, key, "reports:write"));
        assertRefused(Fault.SCOPE, terms(client, key, "reports:acme"));
        assertRefused(Fault.SCOPE, terms(client, SCOPED, "organization:acme"));
    }

    @Test
    void scopeThatTakesAParameterIsLeftOut() {
        ClientModel client = realm.narrowClient("groups", realm.parameterizedScope("group"), reports);
        ApiKey key = TestKeys.restricted(ids("group", "reports"), List.of());

        assertEquals(granted("reports"), terms(client, key, null));
        assertRefused(Fault.SCOPE, terms(client, key, "group:42"));
    }

    @Test
    void anOfflineSessionIsNeverGranted() {
        ApiKey key = TestKeys.restricted(ids("reports", "offline_access"), List.of());

        assertEquals(granted("reports"), terms(key, null));
        assertRefused(Fault.SCOPE, terms(key, "offline_access"));
    }

    @Test
    void aClientThatAddsToTheScopesOfAKeyMakesNoTokenOfIt() {
        ClientModel wide = RealmStub.client("wide", List.of(), List.of(reports))
                .with("isFullScopeAllowed", true)
                .make();

        KeyTokenScopePolicy terms = KeyTokenScopePolicy.of(realm.model(), wide, SCOPED, Optional.empty(), List.of());

        assertRefused(Fault.CLIENT, terms);
        assertTrue(((Refused) terms).detail().contains("full scope allowed"));
    }

    @Test
    void aKeyWithAudiencesIsGoodForThemOnly() {
        assertEquals(new Granted(Optional.empty(), List.of(orders, stock), false), terms(AIMED, null));
        assertEquals(new Granted(Optional.empty(), List.of(stock), true), terms(AIMED, null, "stock", "stock"));
        assertRefused(Fault.AUDIENCE, terms(AIMED, null, "app"));
        assertRefused(Fault.AUDIENCE, terms(AIMED, null, "stock", "app"));
    }

    @Test
    void anAudienceThatIsGoneOrSwitchedOffIsNone() {
        realm.add(RealmStub.client("stock", List.of(), List.of())
                .with("isEnabled", false)
                .make());

        assertEquals(new Granted(Optional.empty(), List.of(orders), false), terms(AIMED, null));
        assertRefused(Fault.AUDIENCE, terms(AIMED, null, "stock"));
        assertRefused(Fault.AUDIENCE, terms(PLAIN, null, "stock"));
        assertRefused(Fault.AUDIENCE, terms(PLAIN, null, "nobody"));
        assertRefused(Fault.AUDIENCE, terms(TestKeys.restricted(List.of(), ids("stock", "nobody")), null));
    }

    private KeyTokenScopePolicy terms(ApiKey key, String scope, String... audiences) {
        return KeyTokenScopePolicy.of(realm.model(), app, key, Optional.ofNullable(scope), List.of(audiences));
    }

    private KeyTokenScopePolicy terms(ClientModel client, ApiKey key, String scope) {
        return KeyTokenScopePolicy.of(realm.model(), client, key, Optional.ofNullable(scope), List.of());
    }

    private static Granted granted(String scope) {
        return new Granted(Optional.of(scope), List.of(), false);
    }

    private static void assertRefused(Fault fault, KeyTokenScopePolicy terms) {
        assertEquals(fault, terms instanceof Refused refused ? refused.fault() : null, terms::toString);
    }
}
