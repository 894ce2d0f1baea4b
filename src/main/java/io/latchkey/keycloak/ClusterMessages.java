package io.latchkey.keycloak;

import java.util.Optional;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.manager.EmbeddedCacheManager;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.cache.infinispan.events.CacheKeyInvalidatedEvent;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Sends text from one node to all others with Keycloak's cluster messages (26.7: {@code ClusterProvider}).
 *
 * <p>The text travels in an event of Keycloak's own, a class that every node can deserialize. The topic separates it from
 * other messages.
 */
public final class ClusterMessages {

    private final KeycloakSessionFactory sessions;
    private final String topic;
    private final Optional<EmbeddedCacheManager> nodes;

    /** @param listener receives messages of other nodes, on threads of the cluster */
    public ClusterMessages(KeycloakSession session, String topic, Consumer<String> listener) {
        this.sessions = session.getKeycloakSessionFactory();
        this.topic = topic;
        // Every cache has the same manager.
        this.nodes = Optional.ofNullable(session.getProvider(InfinispanConnectionProvider.class))
                .map(caches -> caches.getCache(InfinispanConnectionProvider.WORK_CACHE_NAME, false))
                .map(Cache::getCacheManager);
        session.getProvider(ClusterProvider.class).registerListener(topic, event -> {
            if (event instanceof CacheKeyInvalidatedEvent text) {
                listener.accept(text.getId());
            }
        });
    }

    /** Whether this node sees other nodes. */
    public boolean hasOthers() {
        return nodes.map(EmbeddedCacheManager::getMembers)
                .filter(members -> members.size() > 1)
                .isPresent();
    }

    /** Returns when all nodes have received the text, or after Keycloak's timeout. */
    public void send(String text) {
        KeycloakModelUtils.runJobInTransaction(
                sessions,
                session -> session.getProvider(ClusterProvider.class)
                        .notify(topic, new CacheKeyInvalidatedEvent(text), true));
    }
}
