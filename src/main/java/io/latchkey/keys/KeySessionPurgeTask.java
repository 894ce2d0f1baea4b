package io.latchkey.keys;

import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Ends the sessions of keys that expired or were replaced. No token can be made from such a session any more; the task
 * also removes it from browsers and lists.
 */
public final class KeySessionPurgeTask extends PurgeRunner {

    private static final int BATCH = 200;

    /** @param lookBack longer than the time between two runs, so that one that fails costs nothing */
    public KeySessionPurgeTask(Function<KeycloakSession, ApiKeyStore> stores, Clock clock, Duration lookBack) {
        super((Purge<Position>) (session, position) -> {
            Position from = position.orElseGet(() -> new Position(clock.instant(), 0));
            List<ApiKey> ended =
                    stores.apply(session).endedBetween(from.now.minus(lookBack), from.now, from.first, BATCH);
            Purges.inRealms(session, ended, (realm, key) -> OwnerSessions.end(session, realm, key));
            return Optional.of(new Position(from.now, from.first + BATCH)).filter(next -> ended.size() == BATCH);
        });
    }

    /** @param now of all batches of a run */
    private record Position(Instant now, int first) {}
}
