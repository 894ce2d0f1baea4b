package io.latchkey.credential;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.UserEventAudit;
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

/** Lets Keycloak's own consoles list and remove keys as credentials of a user. Keys are created elsewhere. */
final class ApiKeyCredentialProvider implements CredentialProvider<KeyFamilyCredentialModel>, CredentialInputUpdater {

    private final KeycloakSession session;

    ApiKeyCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return UserEventAudit.CREDENTIAL_TYPE;
    }

    /**
     * Comes with an imported user. An entry without a key would only pretend, so none is stored; importing the key makes one.
     */
    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, KeyFamilyCredentialModel credential) {
        return credential;
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return !revocation(realm)
                .revokeFamily(user.getId(), credentialId, Revocation.Reason.CREDENTIAL_REMOVED)
                .isEmpty();
    }

    @Override
    public KeyFamilyCredentialModel getCredentialFromModel(CredentialModel model) {
        return KeyFamilyCredentialModel.of(model);
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

    /** "Disable" in the admin REST: all keys of the user end. */
    @Override
    public void disableCredentialType(RealmModel realm, UserModel user, String type) {
        revocation(realm).revokeAll(user.getId(), Revocation.Reason.CREDENTIAL_REMOVED);
    }

    @Override
    public Stream<String> getDisableableCredentialTypesStream(RealmModel realm, UserModel user) {
        boolean has = user.credentialManager()
                .getStoredCredentialsByTypeStream(getType())
                .findAny()
                .isPresent();
        return has ? Stream.of(getType()) : Stream.empty();
    }

    private KeyRevocation revocation(RealmModel realm) {
        return new KeyRevocation(ApiKeysProvider.of(session).keyContext(realm, UserEventAudit.of(session, realm)));
    }
}
