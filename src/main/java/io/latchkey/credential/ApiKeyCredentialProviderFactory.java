package io.latchkey.credential;

import io.latchkey.events.KeyUserEvents;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/**
 * Registers the credential type {@code api-key}. Keycloak derives the provider's abilities from the type argument ({@code
 * Types.supports}), so it must be the class itself.
 */
public final class ApiKeyCredentialProviderFactory implements CredentialProviderFactory<ApiKeyCredentialProvider> {

    @Override
    public ApiKeyCredentialProvider create(KeycloakSession session) {
        return new ApiKeyCredentialProvider(session);
    }

    @Override
    public String getId() {
        return KeyUserEvents.CREDENTIAL_TYPE;
    }
}
