package io.latchkey.keycloak;

import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.KeycloakApplication;

/** Gives access to the server's session factory outside a request. */
public final class KeycloakSessions {

    /** Client note of an authentication session: the login's time in seconds, instead of now (26.7). */
    public static final String AUTH_TIME_NOTE = AuthenticationManager.AUTH_TIME_BROKER;

    private KeycloakSessions() {}

    /** For what has no session. */
    public static KeycloakSessionFactory factory() {
        return KeycloakApplication.getSessionFactory();
    }
}
