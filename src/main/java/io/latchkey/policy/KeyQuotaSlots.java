package io.latchkey.policy;

import io.latchkey.model.ActiveKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Assigns the slots of an owner's key quota to key families. Changes of keys and their use share this rule.
 *
 * <ul>
 *   <li>A family with at least one usable key occupies one slot. A key that is disabled or has ended occupies none.
 *   <li>When families occupy more slots than there are, the newest families are suspended. They resume when slots become free.
 *   <li>A change that would make one more family occupy a slot needs a free slot.
 * </ul>
 */
public final class KeyQuotaSlots {

    private final List<Place> oldestFirst;

    /** How many families are older than each. */
    private final Map<String, Integer> older;

    private KeyQuotaSlots(List<Place> oldestFirst) {
        this.oldestFirst = oldestFirst;
        this.older = IntStream.range(0, oldestFirst.size())
                .boxed()
                .collect(Collectors.toMap(age -> oldestFirst.get(age).family(), age -> age));
    }

    public static KeyQuotaSlots of(Collection<ActiveKey> keys) {
        return new KeyQuotaSlots(keys.stream().collect(Collectors.groupingBy(ActiveKey::family)).values().stream()
                .map(Place::of)
                .sorted()
                .toList());
    }

    /** How many slots are occupied, those of suspended families included. */
    public int occupiedAt(Instant now) {
        return (int) takenAt(now, oldestFirst.size(), oldestFirst.size());
    }

    /**
     * Whether a key of that family may become usable.
     *
     * @param slots how many slots there are
     * @param family one that has a slot keeps it, also while there are too few
     */
    public boolean hasSlotFor(String family, int slots, Instant now) {
        Integer age = older.get(family);
        boolean occupied = age != null && oldestFirst.get(age).isTakenAt(now);
        return occupied || occupiedAt(now) < slots;
    }

    /**
     * Whether a key has no place, at a moment that is not before these keys were read.
     *
     * @param ceiling how many places there are
     * @param familySince when the first key of its family was made
     */
    public boolean isBeyond(int ceiling, String family, Instant familySince, Instant now) {
        // As many as were older when the keys were read; since then there can only be fewer.
        int before = Optional.ofNullable(older.get(family)).orElseGet(() -> olderThan(family, familySince));
        return before >= ceiling && takenAt(now, before, ceiling) == ceiling;
    }

    private int olderThan(String family, Instant familySince) {
        Place own = new Place(family, familySince, Instant.MAX);
        return (int)
                oldestFirst.stream().filter(place -> place.compareTo(own) < 0).count();
    }

    /** How many of the oldest are taken; whoever asks needs not know of more than that many. */
    private long takenAt(Instant now, int oldest, int enough) {
        return oldestFirst.subList(0, oldest).stream()
                .filter(place -> place.isTakenAt(now))
                .limit(enough)
                .count();
    }

    /** @param until when the last key of the family ends */
    private record Place(String family, Instant since, Instant until) implements Comparable<Place> {

        private static final Comparator<Place> BY_AGE =
                Comparator.comparing(Place::since).thenComparing(Place::family);

        static Place of(List<ActiveKey> family) {
            return new Place(
                    family.get(0).family(),
                    family.stream()
                            .map(ActiveKey::familySince)
                            .min(Comparator.naturalOrder())
                            .orElseThrow(),
                    family.stream()
                            .map(ActiveKey::endsAt)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
        }

        boolean isTakenAt(Instant now) {
            return now.isBefore(until);
        }

        @Override
        public int compareTo(Place other) {
            return BY_AGE.compare(this, other);
        }
    }
}
