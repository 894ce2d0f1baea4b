package io.latchkey.keycloak;

/** Marks a provider factory that Keycloak must use for the rules about keys to hold. {@link HookCheck} checks them. */
public interface KeycloakHook {}
