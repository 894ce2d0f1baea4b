package io.latchkey.model;

import java.time.Instant;
import java.util.List;

/** The hours of use on record. Bound to one Keycloak session and its transaction. */
public interface UsageStore {

    /** Latest hour first, then by key; a key and hour with neither kind of use are not there. */
    List<HourOfUse> find(UsageQuery query, int first, int max);

    /**
     * Deletes hours that ended before that moment.
     *
     * @param most about how many rows
     * @return whether there may be more
     */
    boolean removeBefore(Instant moment, int most);
}
