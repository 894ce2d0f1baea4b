package io.latchkey.credential;

import io.latchkey.events.OwnerAudit;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers the credential type {@code api-key}. */
public final class ApiKeyCredentialProviderFactory implements CredentialProviderFactory<CredentialProvider> {

    @Override
    public CredentialProvider create(KeycloakSession session) {
        return new ApiKeyCredentialProvider(session);
    }

    @Override
    public String getId() {
        return OwnerAudit.CREDENTIAL_TYPE;
    }
}
