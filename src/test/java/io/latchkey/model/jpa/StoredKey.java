package io.latchkey.model.jpa;

import io.latchkey.model.ApiKey;
import jakarta.persistence.EntityManager;

/** Writes a key to {@code LATCHKEY_KEY} for tests of other packages, without what Keycloak keeps of it. */
public final class StoredKey {

    private StoredKey() {}

    public static void add(EntityManager em, ApiKey key) {
        em.persist(KeyEntity.of(key));
    }
}
