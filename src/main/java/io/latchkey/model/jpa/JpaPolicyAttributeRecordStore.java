package io.latchkey.model.jpa;

import io.latchkey.model.PolicyAttributeRecordStore;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Records in {@code LATCHKEY_SETTING} which policy attributes of a realm have been set. */
public final class JpaPolicyAttributeRecordStore implements PolicyAttributeRecordStore {

    private final EntityManager em;

    public JpaPolicyAttributeRecordStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
    public Map<String, Boolean> of(String realmId) {
        String jpql = "select s from SettingEntity s where s.id.realmId = ?1";
        return Jpql.query(em, SettingEntity.class, jpql, realmId)
                .getResultStream()
                .collect(Collectors.toMap(SettingEntity::name, SettingEntity::removalReported));
    }

    @Override
    public void put(String realmId, String name, boolean removalReported) {
        em.merge(new SettingEntity(new SettingEntity.Id(realmId, name), removalReported));
    }

    @Override
    public void remove(String realmId, String name) {
        SettingEntity setting = em.find(SettingEntity.class, new SettingEntity.Id(realmId, name));
        if (setting != null) {
            em.remove(setting);
        }
    }

    @Override
    public void removeRealm(String realmId) {
        Jpql.execute(em, "delete from SettingEntity s where s.id.realmId = ?1", realmId);
    }
}
