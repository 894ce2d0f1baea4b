package io.latchkey.policy;

import io.latchkey.model.KeySlotUse;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides which keys of an owner are within the maximum number of keys per owner ({@code latchkey.max-keys}). A key and its
 * successors are one family and occupy one slot. Changes of keys and their use share this rule.
 *
 * <ul>
 *   <li>A family with at least one usable key occupies one slot. A key that is disabled or has ended occupies none.
 *   <li>When families occupy more slots than there are, the newest families are suspended. They resume when slots become free.
 *   <li>A change that would make one more family occupy a slot needs a free slot.
 * </ul>
 */
public final class KeysPerOwnerLimit {

    private final List<Slot> oldestFirst;

    /** How many families are older than each. */
    private final Map<String, Integer> older;

    private KeysPerOwnerLimit(List<Slot> oldestFirst) {
        this.oldestFirst = oldestFirst;
        this.older = IntStream.range(0, oldestFirst.size())
                .boxed()
                .collect(Collectors.toMap(age -> oldestFirst.get(age).family(), age -> age));
    }

    /**
     * Whether the realm suspends keys above the maximum: only if it sets {@code latchkey.max-keys} to a valid value. An update of
     * the realm may remove the attribute by mistake, and then keys continue to work.
     */
    public static boolean isLimited(Function<String, String> realm) {
        return PolicyAttributes.MAX_KEYS.find(realm).isPresent();
    }

    /**
     * How many slots of an owner are usable; empty for no limit, also if a plan of the owner is invalid.
     *
     * @param realm returns {@code null} for an attribute that is not set
     * @param plans the attributes of every role of the owner
     */
    public static OptionalInt maximum(Function<String, String> realm, List<Map<String, String>> plans) {
        boolean invalid = plans.stream()
                .anyMatch(plan -> PolicyAttributes.MAX_KEYS.fault(plan::get).isPresent());
        if (invalid || !isLimited(realm)) {
            return OptionalInt.empty();
        }
        return Stream.concat(Stream.of(realm), plans.stream().map(plan -> (Function<String, String>) plan::get))
                .flatMap(attributes -> PolicyAttributes.MAX_KEYS.find(attributes).stream())
                .mapToInt(Integer::intValue)
                .max();
    }

    public static KeysPerOwnerLimit of(Collection<KeySlotUse> keys) {
        return new KeysPerOwnerLimit(keys.stream().collect(Collectors.groupingBy(KeySlotUse::family)).values().stream()
                .map(Slot::of)
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
     * Whether a key has no slot, at a time that is not before these keys were read.
     *
     * @param maximum how many slots there are
     * @param familySince when the first key of its family was created
     */
    public boolean isBeyond(int maximum, String family, Instant familySince, Instant now) {
        // As many as were older when the keys were read; since then there can only be fewer.
        int before = Optional.ofNullable(older.get(family)).orElseGet(() -> olderThan(family, familySince));
        return before >= maximum && takenAt(now, before, maximum) == maximum;
    }

    private int olderThan(String family, Instant familySince) {
        Slot own = new Slot(family, familySince, Instant.MAX);
        return (int)
                oldestFirst.stream().filter(slot -> slot.compareTo(own) < 0).count();
    }

    /** How many slots of the oldest families are taken, counted up to {@code enough}. */
    private long takenAt(Instant now, int oldest, int enough) {
        return oldestFirst.subList(0, oldest).stream()
                .filter(slot -> slot.isTakenAt(now))
                .limit(enough)
                .count();
    }

    /** @param until when the last key of the family ends */
    private record Slot(String family, Instant since, Instant until) implements Comparable<Slot> {

        private static final Comparator<Slot> BY_AGE =
                Comparator.comparing(Slot::since).thenComparing(Slot::family);

        static Slot of(List<KeySlotUse> family) {
            return new Slot(
                    family.get(0).family(),
                    family.stream()
                            .map(KeySlotUse::familySince)
                            .min(Comparator.naturalOrder())
                            .orElseThrow(),
                    family.stream()
                            .map(KeySlotUse::endsAt)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
        }

        boolean isTakenAt(Instant now) {
            return now.isBefore(until);
        }

        @Override
        public int compareTo(Slot other) {
            return BY_AGE.compare(this, other);
        }
    }
}
