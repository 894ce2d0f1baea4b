package io.latchkey.credential;

import io.latchkey.events.UserEventAudit;
import org.keycloak.credential.CredentialModel;

/** Represents the credential entry of a key family. */
public final class KeyFamilyCredentialModel extends CredentialModel {

    private static final long serialVersionUID = 1;

    static KeyFamilyCredentialModel of(CredentialModel stored) {
        KeyFamilyCredentialModel entry = new KeyFamilyCredentialModel();
        entry.setId(stored.getId());
        entry.setType(UserEventAudit.CREDENTIAL_TYPE);
        entry.setUserLabel(stored.getUserLabel());
        entry.setCreatedDate(stored.getCreatedDate());
        entry.setCredentialData(stored.getCredentialData());
        entry.setSecretData(stored.getSecretData());
        return entry;
    }
}
