package io.latchkey;

import io.latchkey.charging.ChargingProvider;
import io.latchkey.keycloak.KeycloakServer;
import io.latchkey.keycloak.LogRedaction;
import io.latchkey.usage.UsageBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Composes the modules of a node, starts them after migration, and stops them with the server. */
public final class ApiKeysProviderFactory implements ProviderFactory<ApiKeysProvider>, ServerInfoAwareProviderFactory {

    private final HookStatus hooks = new HookStatus();
    private ServerOptions options;
    private Modules modules;

    /** The modules of a node, one for each capability. */
    record Modules(
            Clock clock,
            ServerOptions options,
            KeyModule keys,
            PolicyModule policies,
            RateLimitModule rateLimits,
            UsageModule usage,
            CacheModule caches) {

        static Modules of(Clock clock, ServerOptions options) {
            return new Modules(
                    clock,
                    options,
                    new KeyModule(options, clock),
                    new PolicyModule(),
                    new RateLimitModule(),
                    new UsageModule(options, clock),
                    new CacheModule(options, clock));
        }

        /** Those to start and stop, in this order. */
        List<NodeModule> all() {
            return List.of(keys, policies, rateLimits, usage);
        }
    }

    @Override
    public void init(Config.Scope config) {
        options = ServerOptions.read(config, KeycloakServer.propertyNames());
        KeycloakRelease.of(Version.VERSION).require(options.allowUntestedKeycloak());
        modules = Modules.of(KeycloakServer.clock(), options);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (factory.getProviderFactory(ChargingProvider.class) == null) {
            ServerOptionReader.requireNoneOfCredits(KeycloakServer.propertyNames());
        }
        LogRedaction.install();
        modules.all().forEach(module -> module.register(factory));
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                start(factory);
            }
        });
    }

    private void start(KeycloakSessionFactory factory) {
        hooks.check(factory);
        try (KeycloakSession session = factory.create()) {
            modules.all().forEach(module -> module.start(session));
        }
    }

    @Override
    public ApiKeysProvider create(KeycloakSession session) {
        return new ApiKeysProvider(session, modules);
    }

    /** Runs before the database is closed, because of {@link #dependsOn()}. */
    @Override
    public void close() {
        if (modules != null) {
            modules.all().forEach(NodeModule::stop);
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

    Modules modules() {
        return modules;
    }

    public Duration usageRetention() {
        return options.usageRetention();
    }

    public Duration purgeInterval() {
        return options.purgeInterval();
    }

    public UsageBuffer uses() {
        return modules.usage().uses();
    }
}
