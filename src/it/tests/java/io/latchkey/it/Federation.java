package io.latchkey.it;

import io.latchkey.it.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A realm whose people come from a directory.
 *
 * @param cached whether Keycloak believes what it has read of them until it is told to forget it
 */
record Federation(RealmFixture realm, String component, boolean cached) implements AutoCloseable {

    /** @param imported whether Keycloak keeps people among its own users */
    static Federation create(Directory directory, boolean imported, String cachePolicy) {
        RealmFixture realm = RealmFixture.create(Map.of());
        String component = add(
                realm,
                Map.of(
                        "name", "directory",
                        "providerId", "ldap",
                        "providerType", "org.keycloak.storage.UserStorageProvider",
                        "config", config(directory, imported, cachePolicy)));
        new RealmSetup(realm).audience("app", "service");
        return new Federation(realm, component, cachePolicy.equals("DEFAULT"));
    }

    /** From now on who is disabled there is disabled here, and nobody else. */
    Federation mirrored() {
        add(
                realm,
                Map.of(
                        "name", "disabled there",
                        "providerId", "msad-lds-user-account-control-mapper",
                        "providerType", "org.keycloak.storage.ldap.mappers.LDAPStorageMapper",
                        "parentId", component,
                        "config", Map.of("always.read.enabled.value.from.ldap", List.of("true"))));
        return this;
    }

    private static String add(RealmFixture realm, Map<String, ?> component) {
        String location = realm.master()
                .post(realm.admin("/components"), component)
                .expect(201)
                .header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static Map<String, List<String>> config(Directory directory, boolean imported, String cachePolicy) {
        Map<String, List<String>> config = new LinkedHashMap<>();
        config.put("vendor", List.of("other"));
        config.put("connectionUrl", List.of(directory.url()));
        config.put("authType", List.of("simple"));
        config.put("bindDn", List.of(Directory.BIND_DN));
        config.put("bindCredential", List.of(Directory.BIND_PASSWORD));
        config.put("usersDn", List.of(Directory.PEOPLE));
        config.put("searchScope", List.of("1"));
        config.put("usernameLDAPAttribute", List.of("uid"));
        config.put("rdnLDAPAttribute", List.of("uid"));
        config.put("uuidLDAPAttribute", List.of("entryUUID"));
        config.put("userObjectClasses", List.of("inetOrgPerson, organizationalPerson"));
        config.put("editMode", List.of("READ_ONLY"));
        config.put("importEnabled", List.of(String.valueOf(imported)));
        config.put("cachePolicy", List.of(cachePolicy));
        return config;
    }

    /** Keycloak's id of somebody in the directory. */
    String id(String name) {
        Answer found = realm.master().get(realm.admin("/users?exact=true&username=" + name));
        return found.expect(200).json().at("/0/id").asText();
    }

    /** What administrators do who have changed something in the directory and cannot wait. */
    void forgetWhatIsCached() {
        if (cached) {
            realm.master().post(realm.admin("/clear-user-cache"), Map.of()).expect(204);
        }
    }

    /** With all people it brought along. */
    void remove() {
        realm.master().delete(realm.admin("/components/" + component)).expect(204);
    }

    boolean opens(Answer key) {
        return Endpoints.open(realm, key);
    }

    @Override
    public void close() {
        realm.close();
    }
}
