package io.latchkey.keys;

import io.latchkey.model.PolicyAttributeRecordStore;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.RealmPolicy.RemovedAttribute;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.RealmModel;

/**
 * Detects which attributes of a realm's policy were set and have been removed. An update of a realm that carries
 * attributes removes all those that it leaves out (Keycloak 26.7), so a careless one takes the policy away.
 */
public record PolicyAttributeRecord(PolicyAttributeRecordStore settings, RealmModel realm) {

    /** Those that are gone and were not removed on purpose. */
    public List<RemovedAttribute> removed() {
        return RealmPolicy.removed(settings.of(realm.getId()).keySet(), realm::getAttribute);
    }

    /** Records the attributes that are set, and returns those that have gone since the last time. */
    public List<RemovedAttribute> update() {
        Map<String, Boolean> recorded = settings.of(realm.getId());
        for (String name : set()) {
            if (!Boolean.FALSE.equals(recorded.get(name))) {
                settings.put(realm.getId(), name, false);
            }
        }
        List<RemovedAttribute> news = RealmPolicy.removed(recorded.keySet(), realm::getAttribute).stream()
                .filter(gone -> !recorded.get(gone.attribute()))
                .toList();
        news.forEach(gone -> settings.put(realm.getId(), gone.attribute(), true));
        return news;
    }

    /** Accepts the attributes as they are now, as an administrator wants them. */
    public void accept() {
        Set<String> set = set();
        settings.of(realm.getId()).keySet().stream()
                .filter(name -> !set.contains(name))
                .forEach(name -> settings.remove(realm.getId(), name));
        update();
    }

    private Set<String> set() {
        return RealmPolicy.set(realm::getAttribute);
    }
}
