package io.latchkey;

import io.latchkey.enforcement.FailedUseRecorder;
import io.latchkey.events.RefusalEventBuffer;
import io.latchkey.events.UserEventAudit;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.Peppers;
import io.latchkey.keycloak.ClusterMessages;
import io.latchkey.keycloak.ClusterScheduledTask;
import io.latchkey.keycloak.KeycloakClock;
import io.latchkey.keycloak.ResponseCache;
import io.latchkey.keycloak.ServerConfiguration;
import io.latchkey.keycloak.StoredEventRedaction;
import io.latchkey.keys.Bulkhead;
import io.latchkey.keys.ClientRenameListener;
import io.latchkey.keys.EndedKeyPurgeTask;
import io.latchkey.keys.KeySessionPurgeTask;
import io.latchkey.keys.OrphanPurgeTask;
import io.latchkey.keys.OwnerRemovalListener;
import io.latchkey.keys.PolicyAttributeRecordListener;
import io.latchkey.keys.ScopeRemovalListener;
import io.latchkey.keys.UsagePurgeTask;
import io.latchkey.keys.UsageRemovalListener;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.model.jpa.JpaSettingStore;
import io.latchkey.model.jpa.JpaUsageStore;
import io.latchkey.ratelimit.FailedKeyLimiter;
import io.latchkey.ratelimit.RateLimitReplication;
import io.latchkey.ratelimit.RateLimiter;
import io.latchkey.usage.RehashBuffer;
import io.latchkey.usage.SingleFlight;
import io.latchkey.usage.UsageBuffer;
import io.latchkey.verify.KeyOwnerIndex;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.timer.TimerProvider;

/** Creates what all sessions of a node share, starts it after migration, and stops it with the server. */
public final class ApiKeysProviderFactory implements ProviderFactory<ApiKeysProvider>, ServerInfoAwareProviderFactory {

    private static final Logger LOG = Logger.getLogger(ApiKeysProviderFactory.class);

    /** Independent of the interval of uses, because administrators look for the reason of a refusal at once. */
    private static final Duration REFUSAL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration SESSION_SWEEP = Duration.ofMinutes(1);

    private final Clock clock = KeycloakClock.instance();
    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());
    private final UsageBuffer uses = new UsageBuffer();
    private final RehashBuffer rehashBuffer = new RehashBuffer();
    private final RefusalEventBuffer refusals = new RefusalEventBuffer();
    private final Bulkhead bulkhead = new Bulkhead();
    private final SingleFlight firstUses = new SingleFlight();
    private final RateLimiter limiter = new RateLimiter();
    private final HookStatus hooks = new HookStatus();
    private RateLimitReplication sharing;
    private ServerOptions options;
    private volatile KeyOwnerIndex index;
    private volatile ResponseCache responseCache;
    private volatile KeyHasher hasher;
    private volatile FailedUseRecorder failures;
    private UsageFlushTask flush;

    @Override
    public void init(Config.Scope config) {
        options = ServerOptions.read(config, ServerConfiguration.names());
        KeycloakRelease.of(Version.VERSION).require(options.allowUntestedKeycloak());
        hasher = new KeyHasher(options.peppers());
        failures = new FailedUseRecorder(clock, uses, refusals, new FailedKeyLimiter(options.failedKeyLimit()));
        index = new KeyOwnerIndex(options.cacheMaxAge(), clock);
        responseCache = new ResponseCache(clock, options.responseCacheTtl());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        flush = new UsageFlushTask(factory, uses, rehashBuffer, refusals);
        factory.register(new OwnerRemovalListener(JpaApiKeyStore::new));
        factory.register(new ClientRenameListener());
        factory.register(new PolicyAttributeRecordListener(JpaSettingStore::new));
        factory.register(new UsageRemovalListener(JpaUsageStore::new));
        factory.register(new ScopeRemovalListener(
                (session, realm) -> ApiKeysProvider.of(session).keyContext(realm, UserEventAudit.of(session, realm))));
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                start(factory);
            }
        });
    }

    private void start(KeycloakSessionFactory factory) {
        hooks.check(factory);
        Peppers peppers = options.peppers(factory);
        hasher = new KeyHasher(peppers);
        if (peppers.newest() == Peppers.PLAIN) {
            LOG.warn("No pepper is configured: API keys are stored as plain SHA-256. Set one of"
                    + " --spi-latchkey--default--peppers, peppers-file or peppers-vault.");
        }
        try (KeycloakSession session = factory.create()) {
            StoredEventRedaction.register(session.getProvider(JpaConnectionProvider.class)
                    .getEntityManager()
                    .getEntityManagerFactory());
            ClusterMessages nodes = ClusterMessages.open(session, "latchkey-rates", limiter::receive);
            sharing = RateLimitReplication.start(limiter, nodes::hasOthers, nodes::send);
            TimerProvider timer = session.getProvider(TimerProvider.class);
            timer.schedule(flush::runRefusals, REFUSAL_INTERVAL.toMillis(), "latchkey-refusals");
            timer.schedule(flush::run, options.flushInterval().toMillis(), "latchkey-uses");
            EndedKeyPurgeTask sweep = new EndedKeyPurgeTask(JpaApiKeyStore::new, clock, options.retention());
            ClusterScheduledTask.schedule(session, sweep, options.sweepInterval(), "latchkey-sweep");
            OrphanPurgeTask orphans = new OrphanPurgeTask(List.of(JpaApiKeyStore::new));
            ClusterScheduledTask.schedule(session, orphans, options.sweepInterval(), "latchkey-orphans");
            UsagePurgeTask usagePurgeTask = new UsagePurgeTask(JpaUsageStore::new, clock, options.usageRetention());
            ClusterScheduledTask.schedule(session, usagePurgeTask, options.sweepInterval(), "latchkey-usage");
            KeySessionPurgeTask keySessionPurgeTask =
                    new KeySessionPurgeTask(JpaApiKeyStore::new, clock, SESSION_SWEEP.multipliedBy(5));
            ClusterScheduledTask.schedule(session, keySessionPurgeTask, SESSION_SWEEP, "latchkey-sessions");
        }
    }

    @Override
    public ApiKeysProvider create(KeycloakSession session) {
        return new ApiKeysProvider(session, this);
    }

    /** Runs before the database is closed, because of {@link #dependsOn()}. */
    @Override
    public void close() {
        if (sharing != null) {
            sharing.close();
        }
        if (flush != null) {
            flush.runBeforeStop();
        }
    }

    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class, EventStoreProvider.class, RealmProvider.class);
    }

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        Map<String, String> info = new LinkedHashMap<>();
        String version = ApiKeysProvider.class.getPackage().getImplementationVersion();
        info.put("Version", version == null ? "development" : version);
        info.put("Retention of ended keys", options.retention().toString());
        info.put("Retention of usage", options.usageRetention().toString());
        return info;
    }

    HookStatus hooks() {
        return hooks;
    }

    Clock clock() {
        return clock;
    }

    KeyGenerator generator() {
        return generator;
    }

    KeyHasher hasher() {
        return hasher;
    }

    KeyOwnerIndex index() {
        return index;
    }

    Duration cacheMaxAge() {
        return options.cacheMaxAge();
    }

    boolean cachesTokens() {
        return options.tokenCache();
    }

    ResponseCache responseCache() {
        return responseCache;
    }

    /** How long an unsettled reservation lives. */
    public Duration reservationTtl() {
        return options.reservationTtl();
    }

    public Duration usageRetention() {
        return options.usageRetention();
    }

    public Duration sweepInterval() {
        return options.sweepInterval();
    }

    public UsageBuffer uses() {
        return uses;
    }

    RehashBuffer rehashBuffer() {
        return rehashBuffer;
    }

    Bulkhead bulkhead() {
        return bulkhead;
    }

    SingleFlight firstUses() {
        return firstUses;
    }

    RateLimiter limiter() {
        return limiter;
    }

    FailedUseRecorder failures() {
        return failures;
    }
}
