package io.latchkey.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.Stub;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyLineage;
import io.latchkey.model.TestKeys;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

class UserNamesTest {

    private final List<Integer> statements = new ArrayList<>();
    private final List<Object> lookups = new ArrayList<>();
    private final UserNames users = new UserNames(session(), id -> {
        lookups.add(id);
        return Optional.empty();
    });

    @Test
    void namesOfAThousandMissingCreatorsTakeAFewStatements() {
        List<ApiKey> keys =
                IntStream.range(0, 1000).mapToObj(i -> madeBy("creator-" + i)).toList();

        users.load(keys);
        keys.forEach(key -> users.username(key.createdBy()));

        // Half of them exist, as does their owner.
        assertEquals(List.of(500, 500, 1), statements);
        assertEquals(List.of(), lookups);
        assertEquals(Optional.of("name of creator-0"), users.username("creator-0"));
        assertEquals(Optional.empty(), users.username("creator-1"));
    }

    @Test
    void missingUserOfAFederationIsLookedUpOnce() {
        List<ApiKey> keys = List.of(madeBy("f:ldap:gone"), madeBy("f:ldap:gone"), madeBy("f:ldap:gone"));

        users.load(keys);
        keys.forEach(key -> users.username(key.createdBy()));

        assertEquals(List.of("f:ldap:gone"), lookups);
        assertEquals(List.of(1), statements);
    }

    private static ApiKey madeBy(String creator) {
        ApiKey key = TestKeys.active();
        return new ApiKey(
                key.id(),
                key.realmId(),
                key.prefix(),
                key.owner(),
                key.settings(),
                new KeyLineage(key.createdAt(), creator, key.family(), Optional.empty()),
                false,
                Optional.empty(),
                Optional.empty(),
                key.hash(),
                0);
    }

    private KeycloakSession session() {
        EntityManager em = Stub.of(EntityManager.class)
                .answering("createQuery", sent -> query())
                .make();
        RealmModel realm = Stub.of(RealmModel.class).with("getId", "realm").make();
        return Stub.of(KeycloakSession.class)
                .with(
                        "getProvider",
                        Stub.of(JpaConnectionProvider.class)
                                .with("getEntityManager", em)
                                .make())
                .with(
                        "getContext",
                        Stub.of(KeycloakContext.class).with("getRealm", realm).make())
                .make();
    }

    private TypedQuery<?> query() {
        List<Object[]> rows = new ArrayList<>();
        TypedQuery<?>[] self = new TypedQuery<?>[1];
        self[0] = Stub.of(TypedQuery.class)
                .answering("setParameter", sent -> {
                    if (sent[1] instanceof Collection<?> ids) {
                        statements.add(ids.size());
                        ids.stream()
                                .map(String.class::cast)
                                .filter(id -> !id.matches(".*[13579]"))
                                .forEach(id -> rows.add(new Object[] {id, "name of " + id, null}));
                    }
                    return self[0];
                })
                .with("getResultList", rows)
                .make();
        return self[0];
    }
}
