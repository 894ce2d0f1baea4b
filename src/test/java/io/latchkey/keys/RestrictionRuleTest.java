package io.latchkey.keys;

import static io.latchkey.fakes.RealmStub.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.RealmStub;
import io.latchkey.key.KeyKind;
import io.latchkey.model.AddressRange;
import io.latchkey.model.MergePatchValue;
import io.latchkey.model.Restrictions;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RealmPolicy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

class RestrictionRuleTest {

    private static final Actor ADMINISTRATOR = new Actor("admin", true);
    private static final Actor OWNER = new Actor("owner", false);
    private static final ReferenceVisibility NOTHING = new ReferenceVisibility() {
        @Override
        public boolean canSee(ClientModel client) {
            return false;
        }

        @Override
        public boolean canSee(ClientScopeModel scope) {
            return false;
        }
    };
    private static final Restrictions INVOICES = scopes("invoices");
    private static final List<AddressRange> OFFICE =
            List.of(AddressRange.parse("192.0.2.0/24").orElseThrow());

    private final RealmStub realm = new RealmStub();
    private final Map<String, String> policy = new HashMap<>(Map.of("latchkey.scopes", "reports"));

    RestrictionRuleTest() {
        realm.scope("reports");
        realm.scope("invoices");
        realm.narrowClient("orders");
    }

    @Test
    void namesBecomeIdsAndDoublesOne() {
        assertEquals(
                KeyChangeResult.done(new Restrictions(ids("reports"), ids("orders"), List.of(), List.of())),
                rule(OWNER)
                        .initial(
                                KeyKind.SECRET,
                                change(List.of("reports", "reports"), new MergePatchValue.Value<>(List.of("orders")))));
    }

    @Test
    void everyFaultIsNamedByItsPlace() {
        KeyChangeRefusal refusal = refusal(rule(OWNER)
                .initial(
                        KeyKind.SECRET,
                        change(
                                List.of("reports", "invoices", "none"),
                                new MergePatchValue.Value<>(List.of("orders", "nobody")))));

        assertEquals(KeyChangeRefusal.Kind.INVALID, refusal.kind());
        assertEquals(
                List.of("scopes[1]", "scopes[2]", "audiences[1]"),
                refusal.errors().stream().map(FieldError::field).toList());
    }

    @Test
    void clientsAndScopesOutOfSightAreMissing() {
        Actor blind = new Actor("admin", true, Optional.empty(), NOTHING, Optional.empty());

        KeyChangeRefusal refusal = refusal(rule(blind)
                .initial(
                        KeyKind.SECRET,
                        change(
                                List.of("reports", "openid", "invoices"),
                                new MergePatchValue.Value<>(List.of("orders", "none")))));

        assertEquals(
                List.of("scopes[2]", "audiences[0]", "audiences[1]"),
                refusal.errors().stream().map(FieldError::field).toList());
        assertEquals(refusal.errors().get(1).detail(), refusal.errors().get(2).detail());
    }

    @Test
    void clientOutOfSightStaysWithTheKeyThatHasIt() {
        Actor blind = new Actor("admin", true, Optional.empty(), NOTHING, Optional.empty());
        Restrictions orders = new Restrictions(ids("invoices"), ids("orders"), List.of(), List.of());

        assertEquals(
                KeyChangeResult.done(orders),
                rule(blind)
                        .changed(
                                KeyKind.SECRET,
                                orders,
                                change(List.of("invoices"), new MergePatchValue.Value<>(List.of("orders")))));
    }

    @Test
    void scopeThatTakesAParameterIsRefusedByItsPlace() {
        realm.parameterizedScope("group");

        KeyChangeRefusal refusal =
                refusal(rule(ADMINISTRATOR).initial(KeyKind.SECRET, change(List.of("reports", "group"))));

        assertEquals(
                List.of(new FieldError("scopes[1]", "takes a parameter, which no key can name")), refusal.errors());
    }

    @Test
    void administratorsGiveScopesThatThePolicyDoesNotOffer() {
        assertEquals(
                KeyChangeResult.done(INVOICES),
                rule(ADMINISTRATOR).initial(KeyKind.SECRET, change(List.of("invoices"))));
    }

    @Test
    void aScopeThatTheKeyHasMayStayOnIt() {
        policy.put("latchkey.creation", "everyone");

        assertEquals(
                KeyChangeResult.done(new Restrictions(ids("invoices", "reports"), List.of(), List.of(), List.of())),
                rule(OWNER).changed(KeyKind.SECRET, INVOICES, change(List.of("invoices", "reports"))));
    }

    @Test
    void whoMayNotMakeKeysMayOnlyNarrowThem() {
        Restrictions both = scopes("reports", "invoices");

        assertEquals(
                KeyChangeResult.done(scopes("reports")),
                rule(OWNER).changed(KeyKind.SECRET, both, change(List.of("reports"))));
        assertEquals(
                KeyChangeRefusal.Kind.NOT_ALLOWED,
                refusal(rule(OWNER).changed(KeyKind.SECRET, INVOICES, change(List.of("invoices", "reports"))))
                        .kind());
        assertEquals(
                KeyChangeRefusal.Kind.NOT_ALLOWED,
                refusal(rule(OWNER).changed(KeyKind.SECRET, INVOICES, change(List.of())))
                        .kind());
        assertEquals(
                KeyChangeResult.done(Restrictions.NONE),
                rule(ADMINISTRATOR).changed(KeyKind.SECRET, INVOICES, change(List.of())));
    }

    @Test
    void aChangeOfSomethingElseLeavesThemWhateverThePolicySays() {
        policy.put("latchkey.require-ip", "true");

        assertEquals(
                KeyChangeResult.done(INVOICES),
                rule(OWNER)
                        .changed(
                                KeyKind.SECRET,
                                INVOICES,
                                new RestrictionChange(
                                        MergePatchValue.absent(),
                                        MergePatchValue.absent(),
                                        MergePatchValue.absent(),
                                        MergePatchValue.absent())));
    }

    @Test
    void addressesCanBeRequiredOfSecretKeys() {
        policy.put("latchkey.require-ip", "true");

        assertEquals("allowedIps", field(rule(ADMINISTRATOR).initial(KeyKind.SECRET, change(List.of("reports")))));
        assertEquals(
                KeyChangeResult.done(new Restrictions(List.of(), List.of(), OFFICE, List.of())),
                rule(ADMINISTRATOR)
                        .initial(
                                KeyKind.SECRET,
                                new RestrictionChange(
                                        MergePatchValue.absent(),
                                        MergePatchValue.absent(),
                                        new MergePatchValue.Value<>(OFFICE),
                                        MergePatchValue.absent())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "0.0.0.0/1 128.0.0.0/1"})
    void requiredAddressesMustRestrict(String blocks) {
        policy.put("latchkey.require-ip", "true");
        List<AddressRange> everything = Arrays.stream(blocks.split(" "))
                .map(block -> AddressRange.parse(block).orElseThrow())
                .toList();
        RestrictionChange wanted = new RestrictionChange(
                MergePatchValue.absent(),
                MergePatchValue.absent(),
                new MergePatchValue.Value<>(everything),
                MergePatchValue.absent());

        assertEquals("allowedIps", field(rule(ADMINISTRATOR).initial(KeyKind.SECRET, wanted)));
        assertEquals("allowedIps", field(rule(ADMINISTRATOR).changed(KeyKind.SECRET, addresses(OFFICE), wanted)));
        assertEquals(List.of("allowedIps"), missingInCopy(KeyKind.SECRET, addresses(everything)));
    }

    @Test
    void rotationCopiesOnlyWhatThePolicyAdmits() {
        policy.put("latchkey.require-ip", "true");

        assertEquals(List.of("allowedIps"), missingInCopy(KeyKind.SECRET, INVOICES));
        assertEquals(List.of(), missingInCopy(KeyKind.SECRET, addresses(OFFICE)));
        assertEquals(List.of("allowedOrigins"), missingInCopy(KeyKind.PUBLISHABLE, addresses(OFFICE)));
    }

    /** The policy says which scopes people may give to keys, and an administrator gave this one. */
    @Test
    void rotationKeepsAScopeThatThePolicyDoesNotOffer() {
        assertEquals(List.of(), missingInCopy(KeyKind.SECRET, INVOICES));
    }

    private List<String> missingInCopy(KeyKind kind, Restrictions restrictions) {
        return rule(OWNER)
                .copied(kind, restrictions)
                .map(refusal -> refusal.errors().stream().map(FieldError::field).toList())
                .orElse(List.of());
    }

    private static Restrictions addresses(List<AddressRange> ranges) {
        return new Restrictions(List.of(), List.of(), ranges, List.of());
    }

    @Test
    void publishableKeysNeedAnOrigin() {
        assertEquals(
                "allowedOrigins", field(rule(ADMINISTRATOR).initial(KeyKind.PUBLISHABLE, change(List.of("reports")))));
    }

    private RestrictionRule rule(Actor actor) {
        RealmPolicy read = RealmPolicy.read(policy::get);
        return new RestrictionRule(realm.model(), read, OwnerPolicy.of(read, List.of()), actor);
    }

    private static RestrictionChange change(List<String> scopes) {
        return change(scopes, MergePatchValue.absent());
    }

    private static RestrictionChange change(List<String> scopes, MergePatchValue<List<String>> audiences) {
        return new RestrictionChange(
                new MergePatchValue.Value<>(scopes), audiences, MergePatchValue.absent(), MergePatchValue.absent());
    }

    private static Restrictions scopes(String... names) {
        return new Restrictions(ids(names), List.of(), List.of(), List.of());
    }

    private static KeyChangeRefusal refusal(KeyChangeResult<Restrictions> outcome) {
        return ((KeyChangeResult.Refused<Restrictions>) outcome).refusal();
    }

    private static String field(KeyChangeResult<Restrictions> outcome) {
        return refusal(outcome).errors().get(0).field();
    }
}
