package io.latchkey;

import io.latchkey.events.KeyChangeListener;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.Peppers;
import io.latchkey.keycloak.KeycloakServer;
import io.latchkey.keys.Bulkhead;
import io.latchkey.keys.ClientRenameListener;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.KeySessionPurgeTask;
import io.latchkey.keys.OwnerRemovalListener;
import io.latchkey.keys.PurgeTask;
import io.latchkey.keys.Purges;
import io.latchkey.keys.ScopeRemovalListener;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.model.jpa.JpaUsageStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Starts the services for keys on this node: hashing, changes, and the periodic purge of ended keys, old usage and data
 * of removed owners.
 */
final class KeyModule implements NodeModule {

    private static final Logger LOG = Logger.getLogger(KeyModule.class);
    private static final Duration SESSION_PURGE_INTERVAL = Duration.ofMinutes(1);

    private final ServerOptions options;
    private final Clock clock;
    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());
    private final Bulkhead bulkhead = new Bulkhead();
    private volatile KeyHasher hasher;

    KeyModule(ServerOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.hasher = new KeyHasher(options.peppers());
    }

    @Override
    public void register(KeycloakSessionFactory factory) {
        factory.register(new OwnerRemovalListener(JpaApiKeyStore::new));
        factory.register(new ClientRenameListener());
        factory.register(new ScopeRemovalListener(
                (session, realm) -> context(session, realm, KeyUserEvents.of(session, realm)), JpaUsageStore::new));
    }

    @Override
    public void start(KeycloakSession session) {
        Peppers peppers = options.peppers(session.getKeycloakSessionFactory());
        hasher = new KeyHasher(peppers);
        if (peppers.newest() == Peppers.PLAIN) {
            LOG.warn("No pepper is configured: API keys are stored as plain SHA-256. Set one of"
                    + " --spi-latchkey--default--peppers, peppers-file or peppers-vault.");
        }
        PurgeTask purge = new PurgeTask(
                Purges.endedKeys(JpaApiKeyStore::new, clock, options.retention()),
                Purges.orphans(JpaApiKeyStore::new),
                Purges.usage(JpaUsageStore::new, clock, options.usageRetention()));
        KeycloakServer.schedule(session, purge, options.purgeInterval(), "latchkey-purge");
        KeySessionPurgeTask keySessions =
                new KeySessionPurgeTask(JpaApiKeyStore::new, clock, SESSION_PURGE_INTERVAL.multipliedBy(5));
        KeycloakServer.schedule(session, keySessions, SESSION_PURGE_INTERVAL, "latchkey-sessions");
    }

    KeyHasher hasher() {
        return hasher;
    }

    Bulkhead bulkhead() {
        return bulkhead;
    }

    KeyContext context(KeycloakSession session, RealmModel realm, KeyChangeListener audit) {
        return new KeyContext(session, realm, new JpaApiKeyStore(session), generator, hasher, clock, audit);
    }
}
