package io.latchkey.model;

import io.latchkey.key.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Stores and reads hourly usage. Bound to one Keycloak session and its transaction. */
public interface UsageStore {

    /** Latest first, then by key, owner and API; where nothing happened there is no sum. */
    List<UsageSum> find(UsageQuery query, UsageGrouping grouping, int first, int max);

    /** Why uses were rejected, in the places of sums that were found together: how often for each reason. */
    Map<UsageSum.Place, SortedMap<String, Long>> reasons(
            UsageQuery query, UsageGrouping grouping, List<UsageSum> found);

    /**
     * The days of use of each key that was used, first day first; keys by id.
     *
     * @param first how many keys to leave out
     * @param max how many keys at most
     */
    SortedMap<KeyId, List<DailyUsage>> days(UsageQuery query, int first, int max);

    /** Deletes the hours of use at an API that is gone; how often its keys were accepted altogether stays. */
    void removeApi(String apiId);

    /**
     * Deletes hours that ended before that moment.
     *
     * @param most about how many rows
     * @return whether there may be more
     */
    boolean removeBefore(Instant moment, int most);
}
