package io.latchkey;

import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.keycloak.StoredEventRedaction;
import io.latchkey.ratelimit.FailedKeyLimiter;
import io.latchkey.usage.RehashBuffer;
import io.latchkey.usage.SingleFlight;
import io.latchkey.usage.UsageBuffer;
import io.latchkey.verify.AcceptedUseListener;
import io.latchkey.verify.BufferedUseRecorder;
import io.latchkey.verify.FailedUseRecorder;
import io.latchkey.verify.RejectedUseRecorder;
import java.time.Clock;
import java.time.Duration;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.timer.TimerProvider;

/** Counts accepted and rejected uses on this node and writes them periodically. */
final class UsageModule implements NodeModule {

    /** Shorter than the interval of uses, because administrators look for the reason of a refusal at once. */
    private static final Duration REFUSAL_INTERVAL = Duration.ofSeconds(1);

    private final ServerOptions options;
    private final UsageBuffer uses = new UsageBuffer();
    private final RehashBuffer rehashes = new RehashBuffer();
    private final RefusalEventBuffer refusals = new RefusalEventBuffer();
    private final SingleFlight firstUses = new SingleFlight();
    private final FailedUseRecorder failures;
    private UsageFlushTask flush;

    UsageModule(ServerOptions options, Clock clock) {
        this.options = options;
        this.failures = new FailedUseRecorder(clock, uses, refusals, new FailedKeyLimiter(options.failedKeyLimit()));
    }

    @Override
    public void register(KeycloakSessionFactory factory) {
        flush = new UsageFlushTask(factory, uses, rehashes, refusals);
    }

    @Override
    public void start(KeycloakSession session) {
        StoredEventRedaction.register(session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .getEntityManagerFactory());
        TimerProvider timer = session.getProvider(TimerProvider.class);
        timer.schedule(flush::runRefusals, REFUSAL_INTERVAL.toMillis(), "latchkey-refusals");
        timer.schedule(flush::run, options.flushInterval().toMillis(), "latchkey-uses");
    }

    @Override
    public void stop() {
        if (flush != null) {
            flush.runBeforeStop();
        }
    }

    UsageBuffer uses() {
        return uses;
    }

    AcceptedUseListener acceptedUses(KeycloakSession session) {
        return new BufferedUseRecorder(
                session.getContext(), uses, rehashes, firstUses, new SuccessorActivation(session));
    }

    RejectedUseRecorder rejectedUses(KeycloakSession session) {
        return failures.in(session.getContext().getRealm());
    }
}
