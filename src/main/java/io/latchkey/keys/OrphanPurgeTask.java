package io.latchkey.keys;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.latchkey.keycloak.LocalUsers;
import io.latchkey.model.OwnerData;
import io.latchkey.model.OwnerData.OwnedIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Deletes keys, or other data, of owners that disappeared without an event: Keycloak announces no removal of users when a user
 * federation provider is removed. Works in small transactions, on one node of the cluster at a time.
 */
public class OrphanPurgeTask implements ScheduledTask {

    private static final int BATCH = 200;

    private final List<Function<KeycloakSession, OwnerData>> tables;

    public OrphanPurgeTask(List<Function<KeycloakSession, OwnerData>> tables) {
        this.tables = tables;
    }

    @Override
    public void run(KeycloakSession session) {
        tables.forEach(table -> {
            Optional<OwnedIn> after = Optional.empty();
            do {
                Optional<OwnedIn> from = after;
                after = KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(), inner -> sweep(inner, table.apply(inner), from));
            } while (after.isPresent());
        });
    }

    private static Optional<OwnedIn> sweep(KeycloakSession session, OwnerData rows, Optional<OwnedIn> after) {
        List<OwnedIn> owners = rows.ownersAfter(after, BATCH);
        Map<String, List<String>> byRealm =
                owners.stream().collect(groupingBy(OwnedIn::realmId, mapping(OwnedIn::ownerId, toList())));
        byRealm.forEach((realmId, ownerIds) -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                rows.removeRealm(realmId);
            } else {
                // A federation that is out of reach for an hour costs nobody what is theirs.
                LocalUsers.vanished(session, realm, ownerIds).forEach(ownerId -> rows.removeOwner(realmId, ownerId));
            }
        });
        return owners.size() < BATCH ? Optional.empty() : Optional.of(owners.get(BATCH - 1));
    }
}
