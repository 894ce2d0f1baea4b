package io.latchkey;

import io.latchkey.keys.PolicyAttributeRecord;
import io.latchkey.model.jpa.JpaSettingStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Creates the record of a realm's policy attributes for one session. */
public final class PolicyAttributeRecords {

    private PolicyAttributeRecords() {}

    public static PolicyAttributeRecord of(KeycloakSession session, RealmModel realm) {
        return new PolicyAttributeRecord(new JpaSettingStore(session), realm);
    }
}
