package io.latchkey.model.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.Map;

/** Builds a JPQL query from conditions with named parameters, or runs one with positional parameters. */
public final class Jpql {

    private final Map<String, Object> parameters = new HashMap<>();
    private final StringBuilder where;

    /** @param where the first condition */
    public Jpql(String where) {
        this.where = new StringBuilder(where);
    }

    public Jpql and(String condition) {
        where.append(" and ").append(condition);
        return this;
    }

    /** @param condition with that parameter */
    public Jpql and(String condition, String parameter, Object value) {
        return and(condition).set(parameter, value);
    }

    public Jpql set(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    /**
     * The query.
     *
     * @param select all before {@code where}
     * @param end all after the conditions
     */
    public <T> TypedQuery<T> select(EntityManager em, String select, String end, Class<T> type) {
        TypedQuery<T> query = em.createQuery(select + " where " + where + end, type);
        parameters.forEach((name, value) -> {
            if (where.indexOf(":" + name) >= 0) {
                query.setParameter(name, value);
            }
        });
        return query;
    }

    /** @param parameters values of {@code ?1}, {@code ?2} and so on */
    public static <T> TypedQuery<T> query(EntityManager em, Class<T> type, String jpql, Object... parameters) {
        TypedQuery<T> query = em.createQuery(jpql, type);
        set(query, parameters);
        return query;
    }

    /** Runs an update or deletion and returns the number of rows. */
    public static int execute(EntityManager em, String jpql, Object... parameters) {
        Query query = em.createQuery(jpql);
        set(query, parameters);
        return query.executeUpdate();
    }

    private static void set(Query query, Object... parameters) {
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
    }
}
