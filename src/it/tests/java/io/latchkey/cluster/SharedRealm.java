package io.latchkey.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.RealmFixture;
import io.latchkey.it.RealmSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A realm as both nodes serve it, with an API whose scope {@code reports} needs the role {@code reader}. */
final class SharedRealm implements AutoCloseable {

    static final String API = "api";
    /** See {@link #narrowClient}. */
    static final String NARROW = "narrow";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final RealmFixture first;
    private final RealmFixture second;
    private final RealmSetup setup;

    private SharedRealm(RealmFixture first, RealmFixture second) {
        this.first = first;
        this.second = second;
        this.setup = new RealmSetup(first);
    }

    static SharedRealm create(Cluster cluster) {
        RealmFixture first = RealmFixture.create(cluster.a().base(), Map.of("latchkey.max-keys", "100"));
        SharedRealm shared = new SharedRealm(first, first.at(cluster.b().base()));
        first.master().post(first.admin("/roles"), Map.of("name", "reader")).expect(201);
        shared.scope("reports");
        shared.scope("invoices");
        first.master()
                .post(
                        first.admin("/client-scopes/" + shared.scopeId("reports") + "/scope-mappings/realm"),
                        shared.reader())
                .expect(204);
        shared.setup.client(Map.of(
                "clientId",
                API,
                "secret",
                RealmFixture.SECRET,
                "fullScopeAllowed",
                false,
                "optionalClientScopes",
                List.of("reports", "invoices")));
        return shared;
    }

    /** Adds a client where keys with scopes get tokens, and which may introspect them. */
    void narrowClient() {
        setup.client(Map.of(
                "clientId",
                NARROW,
                "secret",
                RealmFixture.SECRET,
                "fullScopeAllowed",
                false,
                "attributes",
                Map.of("allow.token.introspection.without.audience.check", "true"),
                "defaultClientScopes",
                List.of("basic"),
                "optionalClientScopes",
                List.of("reports", "invoices")));
    }

    private void scope(String name) {
        first.master()
                .post(
                        first.admin("/client-scopes"),
                        Map.of(
                                "name",
                                name,
                                "protocol",
                                "openid-connect",
                                "attributes",
                                Map.of("include.in.token.scope", "true")))
                .expect(201);
    }

    private String scopeId(String name) {
        for (JsonNode scope :
                first.master().get(first.admin("/client-scopes")).expect(200).json()) {
            if (name.equals(scope.path("name").asText())) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError("There is no client scope " + name);
    }

    private List<JsonNode> reader() {
        return List.of(
                first.master().get(first.admin("/roles/reader")).expect(200).json());
    }

    /** As the first node serves it. */
    RealmFixture a() {
        return first;
    }

    /** As the second node serves it. */
    RealmFixture b() {
        return second;
    }

    /** A new user who is a reader. */
    Owner newReader() {
        Owner owner = owner();
        first.master()
                .post(first.admin("/users/" + owner.id() + "/role-mappings/realm"), reader())
                .expect(204);
        return owner;
    }

    /** A new user. */
    Owner owner() {
        String name = "user-" + NUMBERS.incrementAndGet();
        return new Owner(first.user(name), name);
    }

    /** A new key of that user, made by an administrator on the first node. */
    Answer key(Owner owner, Map<String, ?> more) {
        Map<String, Object> key = new LinkedHashMap<>(more);
        key.put("name", "key " + NUMBERS.incrementAndGet());
        key.put("owner", Map.of("name", owner.name()));
        return first.master().post(first.adminKeys(), key).expect(201);
    }

    RealmSetup setup() {
        return setup;
    }

    @Override
    public void close() {
        first.close();
    }

    record Owner(String id, String name) {}
}
