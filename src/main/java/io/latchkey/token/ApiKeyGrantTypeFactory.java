package io.latchkey.token;

import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory;

/** Registers the grant; Keycloak then lists it in every realm's discovery document. */
public final class ApiKeyGrantTypeFactory
        implements OAuth2GrantTypeFactory, KeycloakHook, SimpleProviderFactory<OAuth2GrantType> {

    /** Part of every token id made from a key; exactly two characters, and none that Keycloak has taken. */
    static final String SHORTCUT = "ak";

    @Override
    public String getShortcut() {
        return SHORTCUT;
    }

    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new ApiKeyGrantType();
    }

    @Override
    public String getId() {
        return ApiKeyGrantType.GRANT_TYPE;
    }
}
