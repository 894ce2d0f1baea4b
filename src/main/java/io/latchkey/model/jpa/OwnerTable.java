package io.latchkey.model.jpa;

import io.latchkey.model.OwnerData;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves or removes the rows of one table by their owners. */
public final class OwnerTable implements OwnerData {

    private final EntityManager em;
    private final String entity;
    private final String realm;
    private final String owner;

    /** @param columns path of the columns {@code realmId} and {@code ownerId} in the entity {@code o} */
    public OwnerTable(EntityManager em, String entity, String columns) {
        this.em = em;
        this.entity = entity;
        this.realm = columns + "realmId";
        this.owner = columns + "ownerId";
    }

    static OwnerTable owners(EntityManager em) {
        return new OwnerTable(em, "OwnerEntity", "o.id.");
    }

    /** Two questions, since databases look up each in the index, but read it from the start for one with an "or". */
    @Override
    public List<OwnedIn> ownersAfter(Optional<OwnedIn> after, int max) {
        List<OwnedIn> found = new ArrayList<>();
        after.ifPresent(last -> found.addAll(find(
                realm + " = :realm and " + owner + " > :owner",
                Map.of("realm", last.realmId(), "owner", last.ownerId()),
                max)));
        if (found.size() < max) {
            String realmId = after.map(OwnedIn::realmId).orElse("");
            found.addAll(find(realm + " > :realm", Map.of("realm", realmId), max - found.size()));
        }
        return found;
    }

    private List<OwnedIn> find(String where, Map<String, String> parameters, int max) {
        TypedQuery<Object[]> query = em.createQuery(
                "select distinct " + realm + ", " + owner + " from " + entity + " o where " + where + " order by "
                        + realm + ", " + owner,
                Object[].class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(max)
                .getResultStream()
                .map(row -> new OwnedIn((String) row[0], (String) row[1]))
                .toList();
    }

    @Override
    public void removeOwner(String realmId, String ownerId) {
        em.createQuery("delete from " + entity + " o where " + realm + " = :realm and " + owner + " = :owner")
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .executeUpdate();
    }

    @Override
    public void removeRealm(String realmId) {
        em.createQuery("delete from " + entity + " o where " + realm + " = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
