package io.latchkey;

import io.latchkey.charging.ChargingProvider;
import io.latchkey.keycloak.LogRedaction;
import io.latchkey.keycloak.ServerFacilities;
import io.latchkey.usage.UsageBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
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

/** Creates {@link ApiKeysProvider}: reads the server options, and starts and stops the services of this node. */
public final class ApiKeysProviderFactory implements ProviderFactory<ApiKeysProvider>, ServerInfoAwareProviderFactory {

    private final HookStatus hooks = new HookStatus();
    private NodeServices node;

    @Override
    public void init(Config.Scope config) {
        ServerOptions options = ServerOptions.read(config, ServerFacilities.propertyNames());
        KeycloakRelease.of(Version.VERSION).require(options.allowUntestedKeycloak());
        node = new NodeServices(options);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (factory.getProviderFactory(ChargingProvider.class) == null) {
            ServerOptionReader.requireNoneOfCredits(ServerFacilities.propertyNames());
        }
        LogRedaction.install();
        node.register(factory);
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                start(factory);
            }
        });
    }

    private void start(KeycloakSessionFactory factory) {
        hooks.check(factory);
        try (KeycloakSession session = factory.create()) {
            node.start(session);
        }
    }

    @Override
    public ApiKeysProvider create(KeycloakSession session) {
        return new ApiKeysProvider(session, node);
    }

    /** Runs before the database is closed, because of {@link #dependsOn()}. */
    @Override
    public void close() {
        if (node != null) {
            node.stop();
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
        info.put("Retention of ended keys", node.options.retention().toString());
        info.put("Retention of usage", node.options.usageRetention().toString());
        return info;
    }

    HookStatus hooks() {
        return hooks;
    }

    NodeServices node() {
        return node;
    }

    public Duration usageRetention() {
        return node.options.usageRetention();
    }

    public Duration purgeInterval() {
        return node.options.purgeInterval();
    }

    public UsageBuffer uses() {
        return node.uses;
    }
}
