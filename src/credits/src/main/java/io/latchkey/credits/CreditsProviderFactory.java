package io.latchkey.credits;

import io.latchkey.ApiKeysProvider;
import io.latchkey.ApiKeysProviderFactory;
import io.latchkey.ServerOptionReader;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.charging.ChargingProviderFactory;
import io.latchkey.credits.ledger.CreditOrphanPurgeTask;
import io.latchkey.credits.ledger.CreditRemovalListener;
import io.latchkey.credits.ledger.LedgerCleanupTask;
import io.latchkey.credits.pricing.PriceLists;
import io.latchkey.keycloak.ServerFacilities;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.Provider;

/** Creates {@link CreditsProvider}, and starts and stops the credits of one node. */
public final class CreditsProviderFactory implements ChargingProviderFactory, EnvironmentDependentProviderFactory {

    private final Clock clock = ServerFacilities.clock();
    private final PriceLists priceLists = new PriceLists();
    private Duration reservationTtl;
    private volatile CreditEngineLifecycle credits;

    @Override
    public void init(Config.Scope config) {
        ServerOptionReader options = new ServerOptionReader(ServerOptionReader.CHARGING, getId(), config::get);
        reservationTtl =
                options.duration("reservation-ttl", Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofHours(1));
        options.requireKnown(ServerFacilities.propertyNames());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        ApiKeysProviderFactory keys = (ApiKeysProviderFactory) factory.getProviderFactory(ApiKeysProvider.class);
        credits = new CreditEngineLifecycle(factory, clock, reservationTtl, keys.uses()::settled);
        factory.register(new CreditRemovalListener());
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                start(factory, keys);
            }
        });
    }

    private void start(KeycloakSessionFactory factory, ApiKeysProviderFactory keys) {
        try (KeycloakSession session = factory.create()) {
            credits.start();
            LedgerCleanupTask purge =
                    new LedgerCleanupTask(clock, keys.uses()::settled, reservationTtl, keys.usageRetention());
            ServerFacilities.schedule(session, purge, LedgerCleanupTask.INTERVAL, "latchkey-ledger-maintenance");
            CreditOrphanPurgeTask orphans = new CreditOrphanPurgeTask();
            ServerFacilities.schedule(session, orphans, keys.purgeInterval(), "latchkey-credit-orphans");
        }
    }

    @Override
    public ChargingProvider create(KeycloakSession session) {
        return new CreditsProvider(session, priceLists, credits);
    }

    /** Runs before keys write their last usage and before the database is closed, because of {@link #dependsOn()}. */
    @Override
    public void close() {
        if (credits != null) {
            credits.stop();
        }
    }

    /** False where a server option disables the provider of keys: Keycloak would not start without what this one depends on. */
    @Override
    public boolean isSupported(Config.Scope config) {
        return Config.scope("latchkey", "default").getBoolean("enabled", true);
    }

    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class, ApiKeysProvider.class);
    }

    @Override
    public String getId() {
        return "credits";
    }
}
