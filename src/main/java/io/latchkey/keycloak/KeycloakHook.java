package io.latchkey.keycloak;

/** A provider factory of this project that Keycloak must use, or a rule about keys does not hold. {@link HookCheck} looks for them. */
public interface KeycloakHook {}
