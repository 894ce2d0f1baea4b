package io.latchkey.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Holds the policy for one owner: that of the realm, widened by the owner's plans.
 *
 * @param mayCreate whether the owner may create keys without an administrator
 * @param maxKeys most keys in use of this owner
 * @param defaultLifetime for keys made without an end; never longer than {@code maxLifetime}
 * @param rates how often this owner's keys may be used
 */
public record OwnerPolicy(
        boolean mayCreate, int maxKeys, KeyLifetime defaultLifetime, KeyLifetime maxLifetime, RateLimits rates) {

    /**
     * @param plans the attributes of every role of the owner; a role without {@code latchkey.} attributes is no plan. A plan
     *     only widens: an invalid value, or one narrower than that of the realm or another plan, does not count.
     */
    public static OwnerPolicy of(RealmPolicy policy, List<Map<String, String>> plans) {
        KeyLifetime maxLifetime =
                widest(policy.maxLifetime(), plans, PolicyAttributes.MAX_LIFETIME, Comparator.naturalOrder());
        KeyLifetime defaultLifetime =
                widest(policy.defaultLifetime(), plans, PolicyAttributes.DEFAULT_LIFETIME, Comparator.naturalOrder());
        return new OwnerPolicy(
                mayCreate(policy.creation(), plans),
                widest(policy.maxKeys(), plans, PolicyAttributes.MAX_KEYS, Comparator.naturalOrder()),
                defaultLifetime.shorterOf(maxLifetime),
                maxLifetime,
                new RateLimits(
                        widest(policy.rates().key(), plans, PolicyAttributes.RATE_LIMIT, OwnerPolicy::byRate),
                        widest(policy.rates().owner(), plans, PolicyAttributes.OWNER_RATE_LIMIT, OwnerPolicy::byRate)));
    }

    private static boolean mayCreate(RealmPolicy.SelfServiceMode creation, List<Map<String, String>> plans) {
        return switch (creation) {
            case EVERYONE -> true;
            case PLAN ->
                plans.stream()
                        .anyMatch(plan ->
                                plan.keySet().stream().anyMatch(name -> name.startsWith(PolicyAttribute.PREFIX)));
            case ADMINS -> false;
        };
    }

    private static <T> T widest(
            T realm, List<Map<String, String>> plans, PolicyAttribute<T> attribute, Comparator<T> order) {
        Function<Map<String, String>, Optional<T>> find = plan -> attribute.find(plan::get);
        return Stream.concat(Stream.of(realm), plans.stream().map(find).flatMap(Optional::stream))
                .max(order)
                .orElse(realm);
    }

    // No limit is the most generous one.
    private static int byRate(Optional<RateLimit> one, Optional<RateLimit> other) {
        return one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : RateLimit.BY_GENEROSITY.compare(one.get(), other.get());
    }
}
