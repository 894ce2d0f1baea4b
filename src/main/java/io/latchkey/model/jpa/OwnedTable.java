package io.latchkey.model.jpa;

import io.latchkey.model.OwnerDataCleanup;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes the rows of one table by owner or realm, and lists their owners. */
public final class OwnedTable implements OwnerDataCleanup {

    private final EntityManager em;
    private final String select;
    private final String delete;
    private final String realm;
    private final String owner;

    /** @param columns path of the columns {@code realmId} and {@code ownerId} in the entity {@code o} */
    public OwnedTable(EntityManager em, String entity, String columns) {
        this.em = em;
        this.realm = columns + "realmId";
        this.owner = columns + "ownerId";
        this.select = "select distinct " + realm + ", " + owner + " from " + entity + " o where ";
        this.delete = "delete from " + entity + " o where " + realm + " = ?1";
    }

    static OwnedTable owners(EntityManager em) {
        return new OwnedTable(em, "OwnerEntity", "o.id.");
    }

    /** Runs two queries, since databases look up each in the index, but read it from the start for one with an "or". */
    @Override
    public List<OwnedIn> ownersAfter(Optional<OwnedIn> after, int max) {
        List<OwnedIn> found = new ArrayList<>();
        after.ifPresent(last ->
                found.addAll(find(realm + " = ?1 and " + owner + " > ?2", max, last.realmId(), last.ownerId())));
        if (found.size() < max) {
            String realmId = after.map(OwnedIn::realmId).orElse("");
            found.addAll(find(realm + " > ?1", max - found.size(), realmId));
        }
        return found;
    }

    private List<OwnedIn> find(String where, int max, Object... parameters) {
        String jpql = select + where + " order by " + realm + ", " + owner;
        return Jpql.query(em, Object[].class, jpql, parameters)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new OwnedIn((String) row[0], (String) row[1]))
                .toList();
    }

    @Override
    public void removeOwner(String realmId, String ownerId) {
        Jpql.execute(em, delete + " and " + owner + " = ?2", realmId, ownerId);
    }

    @Override
    public void removeRealm(String realmId) {
        Jpql.execute(em, delete, realmId);
    }
}
