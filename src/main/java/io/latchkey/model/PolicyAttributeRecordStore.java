package io.latchkey.model;

import java.util.Map;

/**
 * Stores which policy attributes of a realm have been set, apart from the realm's attributes, which any update of the
 * realm can remove.
 */
public interface PolicyAttributeRecordStore {

    /** All that are on record, by their names, each with whether its removal has been reported. */
    Map<String, Boolean> of(String realmId);

    /** Puts an attribute on record. */
    void put(String realmId, String name, boolean removalReported);

    /** Takes an attribute off the record. */
    void remove(String realmId, String name);

    void removeRealm(String realmId);
}
