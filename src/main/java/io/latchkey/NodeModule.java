package io.latchkey;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Starts and stops one capability of the provider on this node. */
interface NodeModule {

    /** Registers listeners, before the database is migrated. */
    default void register(KeycloakSessionFactory factory) {}

    /** Starts tasks, after the database was migrated. */
    default void start(KeycloakSession session) {}

    /** Stops tasks, before the database is closed. */
    default void stop() {}
}
