package io.latchkey.keys;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.latchkey.keycloak.KeycloakUsers;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.keys.PurgeRunner.Purge;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.OwnerDataCleanup;
import io.latchkey.model.OwnerDataCleanup.OwnedIn;
import io.latchkey.model.UsageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Defines what {@link PurgeRunner} deletes: ended keys, old usage, and data of owners that no longer exist. */
public final class Purges {

    private static final ThrottledLog CREDENTIALS =
            new ThrottledLog(Logger.getLogger(Purges.class), Duration.ofMinutes(1));
    private static final int BATCH = 200;
    private static final int ROWS = 1000;

    private Purges() {}

    /** Ended keys after their retention. */
    public static Purge<Boolean> endedKeys(
            Function<KeycloakSession, ApiKeyStore> stores, Clock clock, Duration retention) {
        return (session, position) -> {
            ApiKeyStore store = stores.apply(session);
            Instant now = clock.instant();
            List<ApiKey> ended = store.endedBefore(now.minus(retention), BATCH);
            store.remove(ended.stream().map(ApiKey::id).toList());
            inRealms(
                    session,
                    ended,
                    (realm, key) -> removeCredential(new KeyFamilyCredentialSync(session, realm, store), key, now));
            return more(ended.size() == BATCH);
        };
    }

    /** An entry that stays because a user federation is out of reach opens nothing. */
    private static void removeCredential(KeyFamilyCredentialSync credentials, ApiKey key, Instant now) {
        try {
            credentials.sync(key, now);
        } catch (RuntimeException unreachable) {
            CREDENTIALS.warn("The entry of API key " + key.id() + " stays among its user's credentials", unreachable);
        }
    }

    /** Hourly usage after its retention. */
    public static Purge<Boolean> usage(Function<KeycloakSession, UsageStore> stores, Clock clock, Duration retention) {
        return (session, position) ->
                more(stores.apply(session).removeBefore(clock.instant().minus(retention), ROWS));
    }

    /** Data of owners that disappeared without an event: Keycloak announces no removal of users with their federation. */
    public static Purge<OwnedIn> orphans(Function<KeycloakSession, OwnerDataCleanup> tables) {
        return (session, position) -> {
            OwnerDataCleanup table = tables.apply(session);
            List<OwnedIn> owners = table.ownersAfter(position, BATCH);
            Map<String, List<String>> byRealm =
                    owners.stream().collect(groupingBy(OwnedIn::realmId, mapping(OwnedIn::ownerId, toList())));
            byRealm.forEach((realmId, ownerIds) -> {
                RealmModel realm = session.realms().getRealm(realmId);
                if (realm == null) {
                    table.removeRealm(realmId);
                } else {
                    // A federation that is out of reach for an hour costs no owner their data.
                    KeycloakUsers.removed(session, realm, ownerIds)
                            .forEach(ownerId -> table.removeOwner(realmId, ownerId));
                }
            });
            return owners.size() < BATCH ? Optional.empty() : Optional.of(owners.get(BATCH - 1));
        };
    }

    private static Optional<Boolean> more(boolean more) {
        return more ? Optional.of(true) : Optional.empty();
    }

    /** Visits those of the keys whose realm still exists. */
    static void inRealms(KeycloakSession session, List<ApiKey> keys, BiConsumer<RealmModel, ApiKey> visitor) {
        for (ApiKey key : keys) {
            RealmModel realm = session.realms().getRealm(key.realmId());
            if (realm != null) {
                session.getContext().setRealm(realm);
                visitor.accept(realm, key);
            }
        }
    }
}
