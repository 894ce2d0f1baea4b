package io.latchkey;

import io.latchkey.cache.ResponseCache;
import io.latchkey.events.KeyChangeListener;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.Peppers;
import io.latchkey.keycloak.ClusterMessages;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.keycloak.ServerFacilities;
import io.latchkey.keycloak.StoredEventRedaction;
import io.latchkey.keys.Bulkhead;
import io.latchkey.keys.ClientRenameListener;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.KeySessionPurgeTask;
import io.latchkey.keys.OwnerRemovalListener;
import io.latchkey.keys.PolicyAttributeRecordListener;
import io.latchkey.keys.PurgeRunner;
import io.latchkey.keys.Purges;
import io.latchkey.keys.ScopeRemovalListener;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.model.jpa.JpaPolicyAttributeRecordStore;
import io.latchkey.model.jpa.JpaUsageStore;
import io.latchkey.ratelimit.FailedKeyLimiter;
import io.latchkey.ratelimit.RateLimitReplication;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.RehashBuffer;
import io.latchkey.usage.SingleFlight;
import io.latchkey.usage.UsageBuffer;
import io.latchkey.verify.AcceptedUseListener;
import io.latchkey.verify.BufferedUseRecorder;
import io.latchkey.verify.CachedKeyLookup;
import io.latchkey.verify.KeyOwnerIndex;
import io.latchkey.verify.RejectedUseRecorder;
import io.latchkey.verify.ThrottledRejectionEvents;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.timer.TimerProvider;

/**
 * Creates the services that all sessions of this node share, registers Latchkey's listeners, and starts and stops its
 * periodic tasks. Registers Latchkey's listeners, and starts and stops its periodic tasks.
 */
final class NodeServices {

    private static final Logger LOG = Logger.getLogger(NodeServices.class);
    private static final Duration SESSION_PURGE_INTERVAL = Duration.ofMinutes(1);

    /** Shorter than the interval of uses, because administrators look for the reason of a refusal at once. */
    private static final Duration REFUSAL_INTERVAL = Duration.ofSeconds(1);

    final ServerOptions options;
    final Clock clock = ServerFacilities.clock();
    final Bulkhead bulkhead = new Bulkhead();
    final RateLimiter rateLimiter = new RateLimiter();
    final UsageBuffer uses = new UsageBuffer();
    final ResponseCache responseCache;

    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());
    private final KeyOwnerIndex keyOwners;
    private final RehashBuffer rehashes = new RehashBuffer();
    private final RefusalEventBuffer refusals = new RefusalEventBuffer();
    private final SingleFlight firstUses = new SingleFlight();
    private final ThrottledRejectionEvents failures;
    private volatile KeyHasher hasher;
    private UsageFlushTask flush;
    private RateLimitReplication replication;

    NodeServices(ServerOptions options) {
        this.options = options;
        this.responseCache = new ResponseCache(clock, options.responseCacheTtl());
        this.keyOwners = new KeyOwnerIndex(options.cacheMaxAge(), clock);
        this.failures =
                new ThrottledRejectionEvents(clock, uses, refusals, new FailedKeyLimiter(options.failedKeyLimit()));
        this.hasher = new KeyHasher(options.peppers());
    }

    /** Registers listeners, before the database is migrated. */
    void register(KeycloakSessionFactory factory) {
        factory.register(new OwnerRemovalListener(JpaApiKeyStore::new));
        factory.register(new ClientRenameListener());
        factory.register(new ScopeRemovalListener(
                (session, realm) -> keyContext(session, realm, KeyUserEvents.of(session, realm)), JpaUsageStore::new));
        factory.register(new PolicyAttributeRecordListener(JpaPolicyAttributeRecordStore::new));
        flush = new UsageFlushTask(factory, uses, rehashes, refusals);
    }

    /** Reads the peppers and starts tasks, after the database was migrated. */
    void start(KeycloakSession session) {
        Peppers peppers = options.peppers(session.getKeycloakSessionFactory());
        hasher = new KeyHasher(peppers);
        if (peppers.newest() == Peppers.PLAIN) {
            LOG.warn("No pepper is configured: API keys are stored as plain SHA-256. Set one of"
                    + " --spi-latchkey--default--peppers, peppers-file or peppers-vault.");
        }
        PurgeRunner purge = new PurgeRunner(
                Purges.endedKeys(JpaApiKeyStore::new, clock, options.retention()),
                Purges.orphans(JpaApiKeyStore::new),
                Purges.usage(JpaUsageStore::new, clock, options.usageRetention()));
        ServerFacilities.schedule(session, purge, options.purgeInterval(), "latchkey-purge");
        KeySessionPurgeTask keySessions =
                new KeySessionPurgeTask(JpaApiKeyStore::new, clock, SESSION_PURGE_INTERVAL.multipliedBy(5));
        ServerFacilities.schedule(session, keySessions, SESSION_PURGE_INTERVAL, "latchkey-sessions");
        ClusterMessages nodes = new ClusterMessages(session, "latchkey-rates", rateLimiter::receive);
        replication = RateLimitReplication.start(rateLimiter, nodes::hasOthers, nodes::send);
        StoredEventRedaction.register(session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .getEntityManagerFactory());
        TimerProvider timer = session.getProvider(TimerProvider.class);
        timer.schedule(flush::runRefusals, REFUSAL_INTERVAL.toMillis(), "latchkey-refusals");
        timer.schedule(flush::run, options.flushInterval().toMillis(), "latchkey-uses");
    }

    /** Stops tasks and writes what is buffered, before the database is closed. */
    void stop() {
        if (replication != null) {
            replication.close();
        }
        if (flush != null) {
            flush.runBeforeStop();
        }
    }

    /** The hasher with the configured peppers; those of the vault are known after the start. */
    KeyHasher hasher() {
        return hasher;
    }

    OwnerCache ownerCache(KeycloakSession session) {
        return new OwnerCache(session, clock, options.cacheMaxAge());
    }

    CachedKeyLookup keyLookup(KeycloakSession session) {
        return new CachedKeyLookup(() -> new JpaApiKeyStore(session), keyOwners, ownerCache(session));
    }

    KeyContext keyContext(KeycloakSession session, RealmModel realm, KeyChangeListener audit) {
        return new KeyContext(session, realm, new JpaApiKeyStore(session), generator, hasher, clock, audit);
    }

    AcceptedUseListener acceptedUses(KeycloakSession session) {
        return new BufferedUseRecorder(
                session.getContext(), uses, rehashes, firstUses, new SuccessorActivation(session));
    }

    RejectedUseRecorder rejectedUses(KeycloakSession session) {
        return failures.in(session.getContext().getRealm());
    }
}
