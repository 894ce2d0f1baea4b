package io.latchkey.verify;

import static io.latchkey.fakes.RealmStub.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.RealmStub;
import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.model.AddressRange;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Restrictions;
import io.latchkey.model.TestKeys;
import io.latchkey.model.WebOrigin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

class RestrictionCheckTest {

    private static final KeyUseRequest ANY = KeyUseRequest.of("", Optional.of("192.0.2.1"), Optional.empty());
    private static final RoleModel READER = RealmStub.role();
    private static final UserModel READS = RealmStub.owner(READER);
    private static final UserModel READS_NOT = RealmStub.owner();

    private final RealmStub realm = new RealmStub();

    RestrictionCheckTest() {
        realm.scope("reports", READER);
        realm.scope("invoices");
        realm.narrowClient("orders");
        realm.narrowClient("stock");
    }

    @Test
    void aKeyWithoutRestrictionsMayBeUsedAnyhow() {
        assertEquals(Optional.empty(), violation(TestKeys.active(), ANY));
        assertEquals(Optional.empty(), violation(TestKeys.active(), ANY.asLogin()));
        assertEquals(Optional.empty(), violation(TestKeys.active(), ANY.at(List.of("orders", "elsewhere"))));
    }

    @Test
    void aDoorThatSignsPeopleInTakesNoKeyWithScopesOrAudiences() {
        assertEquals(
                Optional.of(Reason.RESTRICTED),
                violation(TestKeys.restricted(ids("invoices"), List.of()), ANY.asLogin()));
        assertEquals(
                Optional.of(Reason.RESTRICTED),
                violation(TestKeys.restricted(List.of(), ids("orders")), ANY.asLogin()));
    }

    @Test
    void callersMustBeWhereTheKeyAllowsIt() {
        ApiKey key = with(new Restrictions(
                List.of(), List.of(), List.of(AddressRange.parse("192.0.2.0/24").orElseThrow()), List.of()));

        assertEquals(Optional.empty(), violation(key, ANY));
        assertEquals(Optional.of(Reason.ADDRESS_NOT_ALLOWED), violation(key, from("198.51.100.1")));
        assertEquals(Optional.of(Reason.ADDRESS_NOT_ALLOWED), violation(key, from(null)));
    }

    @Test
    void pagesMustComeFromWhereTheKeyAllowsIt() {
        String page = "https://app.example.org";
        ApiKey key = with(new Restrictions(
                List.of(), List.of(), List.of(), List.of(WebOrigin.parse(page).orElseThrow())));

        assertEquals(Optional.empty(), violation(key, KeyUseRequest.of("", Optional.empty(), Optional.of(page))));
        assertEquals(Optional.of(Reason.ORIGIN_NOT_ALLOWED), violation(key, ANY));
    }

    @Test
    void everyApiHasToBeAmongTheAudiences() {
        ApiKey key = TestKeys.restricted(List.of(), ids("orders", "stock"));

        assertEquals(Optional.empty(), violation(key, ANY.at(List.of("stock"))));
        assertEquals(Optional.of(Reason.AUDIENCE_NOT_ALLOWED), violation(key, ANY.at(List.of("stock", "elsewhere"))));
    }

    @Test
    void everyScopeHasToBeOnTheKey() {
        ApiKey key = TestKeys.restricted(ids("invoices"), List.of());

        assertEquals(Optional.empty(), violation(key, ANY.needing(List.of("invoices"))));
        assertEquals(
                Optional.of(Reason.SCOPE_NOT_ALLOWED), violation(key, ANY.needing(List.of("invoices", "reports"))));
        assertEquals(Optional.of(Reason.SCOPE_NOT_ALLOWED), violation(key, ANY.needing(List.of("no such"))));
    }

    @Test
    void aKeyWithoutScopesCarriesWhatItsOwnerMayUseNow() {
        KeyUseRequest request = ANY.needing(List.of("reports"));

        assertEquals(Optional.empty(), RestrictionCheck.violation(realm.model(), TestKeys.active(), READS, request));
        assertEquals(
                Optional.of(Reason.SCOPE_NOT_ALLOWED),
                RestrictionCheck.violation(realm.model(), TestKeys.active(), READS_NOT, request));
    }

    @Test
    void whatTheOwnerMayNotUseIsNotCarried() {
        ApiKey key = TestKeys.restricted(ids("reports", "invoices", "gone"), List.of());

        assertEquals(List.of("reports", "invoices"), RestrictionCheck.permittedScopes(realm.model(), key, READS));
        assertEquals(List.of("invoices"), RestrictionCheck.permittedScopes(realm.model(), key, READS_NOT));
    }

    @Test
    void aPublishableKeyHasNoneOfTheScopesOfItsOwner() {
        ApiKey key = TestKeys.of(new KeyPrefix("kc", KeyKind.PUBLISHABLE, Optional.empty()));

        assertEquals(Optional.of(Reason.SCOPE_NOT_ALLOWED), violation(key, ANY.needing(List.of("invoices"))));
    }

    private Optional<Reason> violation(ApiKey key, KeyUseRequest request) {
        return RestrictionCheck.violation(realm.model(), key, READS, request);
    }

    private static KeyUseRequest from(String address) {
        return KeyUseRequest.of("", Optional.ofNullable(address), Optional.empty());
    }

    private static ApiKey with(Restrictions restrictions) {
        ApiKey key = TestKeys.active();
        return key.withSettings(key.settings().with(restrictions));
    }
}
