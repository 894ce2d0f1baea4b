package io.latchkey;

import io.latchkey.events.KeyChangeListener;
import io.latchkey.events.UserEventAudit;
import io.latchkey.key.KeyGenerator;
import io.latchkey.key.KeyHasher;
import io.latchkey.key.Peppers;
import io.latchkey.keycloak.ClusterScheduledTask;
import io.latchkey.keys.Bulkhead;
import io.latchkey.keys.ClientRenameListener;
import io.latchkey.keys.EndedKeyPurgeTask;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.KeySessionPurgeTask;
import io.latchkey.keys.OrphanPurgeTask;
import io.latchkey.keys.OwnerRemovalListener;
import io.latchkey.keys.ScopeRemovalListener;
import io.latchkey.model.jpa.JpaApiKeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Hashes and changes keys on this node, and purges those that have ended or lost their owner. */
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
                (session, realm) -> context(session, realm, UserEventAudit.of(session, realm))));
    }

    @Override
    public void start(KeycloakSession session) {
        Peppers peppers = options.peppers(session.getKeycloakSessionFactory());
        hasher = new KeyHasher(peppers);
        if (peppers.newest() == Peppers.PLAIN) {
            LOG.warn("No pepper is configured: API keys are stored as plain SHA-256. Set one of"
                    + " --spi-latchkey--default--peppers, peppers-file or peppers-vault.");
        }
        EndedKeyPurgeTask endedKeys = new EndedKeyPurgeTask(JpaApiKeyStore::new, clock, options.retention());
        ClusterScheduledTask.schedule(session, endedKeys, options.purgeInterval(), "latchkey-ended-keys");
        OrphanPurgeTask orphans = new OrphanPurgeTask(List.of(JpaApiKeyStore::new));
        ClusterScheduledTask.schedule(session, orphans, options.purgeInterval(), "latchkey-orphans");
        KeySessionPurgeTask keySessions =
                new KeySessionPurgeTask(JpaApiKeyStore::new, clock, SESSION_PURGE_INTERVAL.multipliedBy(5));
        ClusterScheduledTask.schedule(session, keySessions, SESSION_PURGE_INTERVAL, "latchkey-sessions");
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
