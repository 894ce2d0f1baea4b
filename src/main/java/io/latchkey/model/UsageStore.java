package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** The hours of use on record. Bound to one Keycloak session and its transaction. */
public interface UsageStore {

    /** Latest hour first, then by key; a key and hour with neither kind of use are not there. */
    List<HourOfUse> find(UsageQuery query, int first, int max);

    /**
     * The days of use of each key that was used, first day first; keys by id.
     *
     * @param first how many keys to leave out
     * @param max how many keys at most
     */
    SortedMap<KeyId, List<DayOfUse>> days(UsageQuery query, int first, int max);

    /**
     * Deletes hours that ended before that moment.
     *
     * @param most about how many rows
     * @return whether there may be more
     */
    boolean removeBefore(Instant moment, int most);
}
