package io.latchkey.verify;

import static io.latchkey.fakes.RealmStub.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.RealmStub;
import io.latchkey.fakes.Stub;
import io.latchkey.model.Restrictions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

class ScopeLeakCheckTest {

    private static final Restrictions REPORTS = new Restrictions(ids("reports"), List.of(), List.of(), List.of());

    private final RealmStub realm = new RealmStub();

    @Test
    void optionalScopesAddNothing() {
        assertEquals(List.of(), excess(client().make()));
        assertEquals(List.of(), excess(realm.narrowClient("app", realm.scope("reports"), realm.scope("invoices"))));
    }

    @Test
    void whatTheClientItselfGivesToEveryTokenIsExcess() {
        assertEquals(
                List.of("full scope allowed"),
                excess(client().with("isFullScopeAllowed", true).make()));
        assertEquals(
                List.of("roles of its own"),
                excess(client().answering("getRolesStream", nothing -> Stream.of(RealmStub.role()))
                        .make()));
        assertEquals(
                List.of("roles in its dedicated scope"),
                excess(client().answering("getScopeMappingsStream", nothing -> Stream.of(RealmStub.role()))
                        .make()));
        assertEquals(
                List.of("mapper 'a oidc-usermodel-attribute-mapper'"),
                excess(withMapper("oidc-usermodel-attribute-mapper")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc-sub-mapper", "oidc-audience-resolve-mapper", "oidc-usermodel-realm-role-mapper"})
    void mappersThatTellNothingElseOfTheOwnerAreNot(String kind) {
        assertEquals(List.of(), excess(withMapper(kind)));
    }

    // It can give a role another name, such as one that an API takes for something else.
    @ParameterizedTest
    @ValueSource(
            strings = {"oidc-role-name-mapper", "oidc-hardcoded-role-mapper", "oidc-audience-mapper", "somebody-elses"})
    void allOtherMappersAre(String kind) {
        assertEquals(List.of("mapper 'a " + kind + "'"), excess(withMapper(kind)));
    }

    @Test
    void aDefaultScopeIsExcessOnceItMeansAnything() {
        assertEquals(List.of(), excess(withDefault(realm.silentScope("basic", "oidc-sub-mapper"))));
        assertEquals(
                List.of("default client scope 'profile'"),
                excess(withDefault(realm.silentScope("profile", "oidc-full-name-mapper"))));
        assertEquals(List.of("default client scope 'named'"), excess(withDefault(realm.scope("named"))));
    }

    @Test
    void aDefaultScopeThatTheKeyCarriesIsNot() {
        assertEquals(List.of(), excess(withDefault(realm.scope("reports"))));
    }

    @Test
    void allOfItIsSaidAtOnceWithScopesInOrder() {
        ClientModel client = RealmStub.client("app", List.of(realm.scope("b"), realm.scope("a")), List.of())
                .with("isFullScopeAllowed", true)
                .make();

        assertEquals(
                List.of("full scope allowed", "default client scope 'a'", "default client scope 'b'"), excess(client));
    }

    private Stub<ClientModel> client() {
        return RealmStub.client("app", List.of(), List.of());
    }

    private ClientModel withMapper(String kind) {
        return client().answering("getProtocolMappersStream", nothing -> RealmStub.mappers(List.of(kind)))
                .make();
    }

    private ClientModel withDefault(ClientScopeModel scope) {
        return RealmStub.client("app", List.of(scope), List.of()).make();
    }

    private static List<String> excess(ClientModel client) {
        return ScopeLeakCheck.excess(client, REPORTS);
    }
}
