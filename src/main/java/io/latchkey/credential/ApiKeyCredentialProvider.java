package io.latchkey.credential;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.keys.KeyRevocation;
import io.latchkey.model.Revocation;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputUpdater;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Lets Keycloak's own consoles list and remove keys as credentials of a user. They cannot create keys. */
final class ApiKeyCredentialProvider implements CredentialProvider<CredentialModel>, CredentialInputUpdater {

    private final KeycloakSession session;

    ApiKeyCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return KeyUserEvents.CREDENTIAL_TYPE;
    }

    /** Stores nothing for an imported user, because the credential has no key. Importing the key stores the credential. */
    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        return credential;
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return !revocation(realm)
                .revokeFamily(user.getId(), credentialId, Revocation.Reason.CREDENTIAL_REMOVED)
                .isEmpty();
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.BASIC_AUTHENTICATION)
                .displayName("apiKeysCredential")
                .helpText("apiKeysCredentialHelp")
                .iconCssClass("kcAuthenticatorPasswordClass")
                .removeable(true)
                .build(session);
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return getType().equals(type);
    }

    @Override
    public boolean updateCredential(RealmModel realm, UserModel user, CredentialInput input) {
        return false;
    }

    /** Revokes all keys of a user whose credential type an administrator disables over REST. */
    @Override
    public void disableCredentialType(RealmModel realm, UserModel user, String type) {
        revocation(realm).revokeAll(user.getId(), Revocation.Reason.CREDENTIAL_REMOVED);
    }

    @Override
    public Stream<String> getDisableableCredentialTypesStream(RealmModel realm, UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(getType())
                .limit(1)
                .map(stored -> getType());
    }

    private KeyRevocation revocation(RealmModel realm) {
        return new KeyRevocation(ApiKeysProvider.of(session).keyContext(realm, KeyUserEvents.of(session, realm)));
    }
}
