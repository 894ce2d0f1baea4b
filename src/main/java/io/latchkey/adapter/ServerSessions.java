package io.latchkey.adapter;

import org.keycloak.services.managers.AuthenticationManager;

/** Names that Keycloak gives to what it notes about logins. */
public final class ServerSessions {

    /** Client note of an authentication session: the login's time in seconds, instead of now (26.7). */
    public static final String AUTH_TIME_NOTE = AuthenticationManager.AUTH_TIME_BROKER;

    private ServerSessions() {}
}
