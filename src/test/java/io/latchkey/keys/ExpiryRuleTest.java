package io.latchkey.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.model.MergePatchValue;
import io.latchkey.policy.KeyLifetime;
import io.latchkey.policy.OwnerPolicy;
import io.latchkey.policy.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryRuleTest {

    private static final Instant CREATED = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant NOW = CREATED.plus(Duration.ofDays(5));
    private static final Instant LATEST = CREATED.plus(Duration.ofDays(30));
    private static final OwnerPolicy LIMITED =
            terms(KeyLifetime.of(Duration.ofDays(7)), KeyLifetime.of(Duration.ofDays(30)));
    private static final OwnerPolicy UNLIMITED = terms(KeyLifetime.of(Duration.ofDays(7)), KeyLifetime.NEVER);

    @Test
    void noWishIsAlwaysRight() {
        assertEquals(Optional.empty(), ExpiryRule.check(MergePatchValue.absent(), CREATED, NOW, LIMITED));
    }

    @Test
    void theEndMustBeInTheFuture() {
        assertRefused(check(NOW, LIMITED), "future");
        assertRefused(check(NOW.minusMillis(1), UNLIMITED), "future");
        assertEquals(Optional.empty(), check(NOW.plusMillis(1), LIMITED));
    }

    @Test
    void theLongestLifetimeCountsFromCreation() {
        assertEquals(Optional.empty(), check(LATEST, LIMITED));
        assertRefused(check(LATEST.plusMillis(1), LIMITED), "2030-01-31T00:00:00Z");
        assertEquals(Optional.empty(), check(LATEST.plus(Duration.ofDays(36_500)), UNLIMITED));
    }

    @Test
    void noEndNeedsAPolicyWithoutLimit() {
        assertRefused(ExpiryRule.check(new MergePatchValue.Null<>(), CREATED, NOW, LIMITED), "30");
        assertEquals(Optional.empty(), ExpiryRule.check(new MergePatchValue.Null<>(), CREATED, NOW, UNLIMITED));
    }

    @Test
    void withoutAWishTheDefaultApplies() {
        assertEquals(
                Optional.of(CREATED.plus(Duration.ofDays(7))),
                ExpiryRule.resolve(MergePatchValue.absent(), CREATED, LIMITED));
        assertEquals(
                Optional.empty(),
                ExpiryRule.resolve(MergePatchValue.absent(), CREATED, terms(KeyLifetime.NEVER, KeyLifetime.NEVER)));
    }

    @Test
    void theDefaultIsNeverLongerThanTheLongest() {
        OwnerPolicy contradictory = terms(KeyLifetime.NEVER, KeyLifetime.of(Duration.ofDays(30)));

        assertEquals(Optional.of(LATEST), ExpiryRule.resolve(MergePatchValue.absent(), CREATED, contradictory));
    }

    @Test
    void aWishIsKeptToTheMillisecond() {
        Instant precise = NOW.plusNanos(1_999_999);

        assertEquals(
                Optional.of(NOW.plusMillis(1)),
                ExpiryRule.resolve(new MergePatchValue.Value<>(precise), CREATED, UNLIMITED));
        assertEquals(Optional.empty(), ExpiryRule.resolve(new MergePatchValue.Null<>(), CREATED, UNLIMITED));
    }

    private static Optional<KeyChangeRefusal> check(Instant wanted, OwnerPolicy terms) {
        return ExpiryRule.check(new MergePatchValue.Value<>(wanted), CREATED, NOW, terms);
    }

    private static void assertRefused(Optional<KeyChangeRefusal> refusal, String word) {
        assertEquals(KeyChangeRefusal.Kind.INVALID, refusal.orElseThrow().kind());
        assertEquals("expiresAt", refusal.get().errors().get(0).field());
        assertTrue(refusal.get().detail().contains(word), refusal.get()::detail);
    }

    private static OwnerPolicy terms(KeyLifetime standard, KeyLifetime longest) {
        return new OwnerPolicy(true, 10, standard, longest, RateLimits.NONE);
    }
}
