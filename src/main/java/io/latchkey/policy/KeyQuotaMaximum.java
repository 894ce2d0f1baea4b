package io.latchkey.policy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Determines how many key families of an owner stay in use if the owner has more than the quota. Only a realm that says
 * {@code latchkey.max-keys} itself suspends keys: the attribute may get lost by a careless update, and then keys go on
 * working. For the same reason a slip of the pen, in the realm or in one of the owner's plans, suspends nothing.
 */
public final class KeyQuotaMaximum {

    private KeyQuotaMaximum() {}

    /** Whether there is one for anybody in the realm; the cheap question. */
    public static boolean isSet(Function<String, String> realm) {
        return PolicyAttributes.MAX_KEYS.find(realm).isPresent();
    }

    /**
     * @param realm answers {@code null} for an attribute that is not there
     * @param plans the attributes of every role the owner has
     */
    public static OptionalInt of(Function<String, String> realm, List<Map<String, String>> plans) {
        boolean slip = plans.stream()
                .anyMatch(plan -> PolicyAttributes.MAX_KEYS.fault(plan::get).isPresent());
        if (slip || !isSet(realm)) {
            return OptionalInt.empty();
        }
        return Stream.concat(Stream.of(realm), plans.stream().map(plan -> (Function<String, String>) plan::get))
                .flatMap(attributes -> PolicyAttributes.MAX_KEYS.find(attributes).stream())
                .mapToInt(Integer::intValue)
                .max();
    }
}
