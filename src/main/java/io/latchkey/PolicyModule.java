package io.latchkey;

import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keys.PolicyAttributeRecordListener;
import io.latchkey.model.jpa.JpaSettingStore;
import io.latchkey.policy.RealmPolicy;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Reads the policies of realms, and records which policy attributes are set. */
final class PolicyModule implements NodeModule {

    @Override
    public void register(KeycloakSessionFactory factory) {
        factory.register(new PolicyAttributeRecordListener(JpaSettingStore::new));
    }

    /** The policy as cached with the realm; not for sessions that change it. */
    RealmPolicy policy(OwnerCache cache, RealmModel realm) {
        return cache.attachments(realm)
                .map(attachments -> (RealmPolicy)
                        attachments.computeIfAbsent(RealmPolicy.class, none -> RealmPolicy.read(realm::getAttribute)))
                .orElseGet(() -> RealmPolicy.read(realm::getAttribute));
    }
}
