package io.latchkey.lifecycle;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.latchkey.adapter.LocalUsers;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.ApiKeyStore.OwnedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Deletes ended keys after their retention, and what belongs to owners that vanished without an announcement: Keycloak tells
 * nobody when the users of a removed user federation go. Works in small transactions, on one node of the cluster at a time.
 */
public final class KeySweep implements ScheduledTask {

    private static final Logger LOG = Logger.getLogger(KeySweep.class);
    private static final int BATCH = 200;

    private final Function<KeycloakSession, ApiKeyStore> stores;
    private final Clock clock;
    private final Duration retention;

    public KeySweep(Function<KeycloakSession, ApiKeyStore> stores, Clock clock, Duration retention) {
        this.stores = stores;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public void run(KeycloakSession session) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        Optional<OwnedIn> after = Optional.empty();
        do {
            Optional<OwnedIn> from = after;
            after = KeycloakModelUtils.runJobInTransactionWithResult(factory, inner -> sweepOwners(inner, from));
        } while (after.isPresent());
        int purged = 0;
        int batch;
        do {
            batch = KeycloakModelUtils.runJobInTransactionWithResult(factory, this::purge);
            purged += batch;
        } while (batch == BATCH);
        if (purged > 0) {
            LOG.debugf("Deleted %d API keys that ended more than %s ago", purged, retention);
        }
    }

    private int purge(KeycloakSession session) {
        ApiKeyStore store = stores.apply(session);
        Instant now = clock.instant();
        List<ApiKey> ended = store.endedBefore(now.minus(retention), BATCH);
        if (!ended.isEmpty()) {
            store.remove(ended.stream().map(ApiKey::id).toList());
        }
        for (ApiKey key : ended) {
            RealmModel realm = session.realms().getRealm(key.realmId());
            if (realm != null) {
                session.getContext().setRealm(realm);
                unlist(new ConsoleListing(session, realm, store), key, now);
            }
        }
        return ended.size();
    }

    /** An entry that stays because a user federation is out of reach harms nobody; it opens nothing. */
    private static void unlist(ConsoleListing listing, ApiKey key, Instant now) {
        try {
            listing.show(key, now);
        } catch (RuntimeException unreachable) {
            LOG.debugf(unreachable, "The entry of API key %s stays among its user's credentials", key.id());
        }
    }

    private Optional<OwnedIn> sweepOwners(KeycloakSession session, Optional<OwnedIn> after) {
        ApiKeyStore store = stores.apply(session);
        List<OwnedIn> owners = store.ownersAfter(after, BATCH);
        Map<String, List<String>> byRealm =
                owners.stream().collect(groupingBy(OwnedIn::realmId, mapping(OwnedIn::ownerId, toList())));
        byRealm.forEach((realmId, ownerIds) -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                store.removeRealm(realmId);
            } else {
                // A federation that is out of reach for an hour costs nobody their keys.
                LocalUsers.vanished(session, realm, ownerIds).forEach(ownerId -> store.removeOwner(realmId, ownerId));
            }
        });
        return owners.size() < BATCH ? Optional.empty() : Optional.of(owners.get(BATCH - 1));
    }
}
