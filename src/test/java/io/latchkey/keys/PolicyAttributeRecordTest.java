package io.latchkey.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.fakes.Stub;
import io.latchkey.model.PolicyAttributeRecordStore;
import io.latchkey.policy.RealmPolicy.RemovedAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

class PolicyAttributeRecordTest {

    private static final String CLIENT = "latchkey.client";
    private static final String BRAND = "latchkey.brand";

    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, Boolean> rows = new HashMap<>();

    private final PolicyAttributeRecord record = new PolicyAttributeRecord(
            new Rows(),
            Stub.of(RealmModel.class)
                    .with("getId", "realm")
                    .answering("getAttribute", sent -> attributes.get(sent[0]))
                    .make());

    @Test
    void anAttributeThatWasNeverSetIsNotRemoved() {
        attributes.put("other", "value");

        assertEquals(List.of(), news());
        assertEquals(Map.of(), rows);
        assertEquals(List.of(), removed());
    }

    @Test
    void anAttributeThatIsGoneIsNewOnceAndRemovedUntilItIsSetAgain() {
        attributes.put(CLIENT, "app");
        attributes.put(BRAND, "acme");
        assertEquals(List.of(), news());

        attributes.remove(CLIENT);
        assertEquals(List.of(CLIENT), news());
        assertEquals(List.of(), news());
        assertEquals(List.of(CLIENT), removed());

        attributes.put(CLIENT, "app");
        assertEquals(List.of(), removed());
        assertEquals(List.of(), news());

        attributes.remove(CLIENT);
        assertEquals(List.of(CLIENT), news());
    }

    @Test
    void aBlankAttributeIsGone() {
        attributes.put(CLIENT, "app");
        news();

        attributes.put(CLIENT, " ");

        assertEquals(List.of(CLIENT), news());
    }

    @Test
    void whatAnAdministratorHasAcceptedIsNotRemoved() {
        attributes.put(CLIENT, "app");
        attributes.put(BRAND, "acme");
        news();
        attributes.remove(CLIENT);
        news();

        record.accept();

        assertEquals(List.of(), removed());
        assertEquals(Map.of(BRAND, false), rows);
    }

    private List<String> news() {
        return names(record.update());
    }

    private List<String> removed() {
        return names(record.removed());
    }

    private static List<String> names(List<RemovedAttribute> removed) {
        return removed.stream().map(RemovedAttribute::attribute).toList();
    }

    private final class Rows implements PolicyAttributeRecordStore {

        @Override
        public Map<String, Boolean> of(String realmId) {
            return Map.copyOf(rows);
        }

        @Override
        public void put(String realmId, String name, boolean removalReported) {
            rows.put(name, removalReported);
        }

        @Override
        public void remove(String realmId, String name) {
            rows.remove(name);
        }

        @Override
        public void removeRealm(String realmId) {
            rows.clear();
        }
    }
}
