package io.latchkey.keys;

import io.latchkey.model.MergePatchValue;
import io.latchkey.policy.OwnerPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Limits the end of a key to the longest lifetime of the policy, counted from the creation of the key, however often the
 * end is changed.
 */
final class ExpiryRule {

    private static final String FIELD = "expiresAt";

    private ExpiryRule() {}

    static Optional<KeyChangeRefusal> check(
            MergePatchValue<Instant> wanted, Instant created, Instant now, OwnerPolicy terms) {
        if (wanted.isAbsent()) {
            return Optional.empty();
        }
        Optional<Instant> latest = terms.maxLifetime().from(created);
        Optional<Instant> expiry = wanted.given();
        if (expiry.isPresent() && !expiry.get().isAfter(now)) {
            return Optional.of(KeyChangeRefusal.invalid(FIELD, "must be in the future"));
        }
        if (latest.isPresent() && (expiry.isEmpty() || expiry.get().isAfter(latest.get()))) {
            return Optional.of(KeyChangeRefusal.invalid(
                    FIELD,
                    "must be at most " + terms.maxLifetime() + " after creation, so no later than " + latest.get()));
        }
        return Optional.empty();
    }

    /** When a new key ends; without a wish, the default lifetime applies as far as the longest one allows. */
    static Optional<Instant> resolve(MergePatchValue<Instant> wanted, Instant created, OwnerPolicy terms) {
        return wanted.applyTo(
                        terms.defaultLifetime().shorterOf(terms.maxLifetime()).from(created))
                .map(moment -> moment.truncatedTo(ChronoUnit.MILLIS));
    }
}
