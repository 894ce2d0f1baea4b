package io.latchkey.model.jpa;

import io.latchkey.key.KeyId;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.DailyUsage;
import io.latchkey.model.ReservationState;
import io.latchkey.model.UsageCounterId;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageGrouping.Dimension;
import io.latchkey.model.UsageQuery;
import io.latchkey.model.UsageSum;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sums usage in the database, so that a page of a report loads only its own rows. */
record UsageQueries(EntityManager em, UsageQuery query, UsageGrouping grouping) {

    private static final List<String> COUNTED = List.of(
            UsageCounterId.ACCEPTED,
            ReservationState.SETTLED.label(),
            ReservationState.RELEASED.label(),
            ReservationState.EXPIRED.label());

    private static final String FROM = " from HourlyUsageEntity h, KeyEntity k";

    /** The condition for hours {@code h} and their keys {@code k}. */
    static Jpql where(UsageQuery query) {
        Jpql where = new Jpql(
                        "k.id = h.id.keyId and k.realmId = :realm and h.id.hourStart >= :from and h.id.hourStart < :to")
                .set("realm", query.realmId())
                .set("from", query.from().truncatedTo(ChronoUnit.HOURS).toEpochMilli())
                .set("to", query.to().toEpochMilli());
        query.ownerId().ifPresent(owner -> where.and("k.ownerId = :owner", "owner", owner));
        query.key().ifPresent(key -> where.and("h.id.keyId = :key", "key", key.value()));
        query.apiId().ifPresent(api -> where.and("h.id.apiId = :api", "api", api));
        return where;
    }

    /**
     * The days of use of each key.
     *
     * @param first how many keys to leave out
     */
    static SortedMap<KeyId, List<DailyUsage>> days(EntityManager em, UsageQuery query, int first, int max) {
        List<String> keys = where(query)
                .select(em, "select h.id.keyId" + FROM, " group by h.id.keyId order by h.id.keyId", String.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
        SortedMap<KeyId, List<DailyUsage>> days = new TreeMap<>(Comparator.comparing(KeyId::value));
        if (keys.isEmpty()) {
            return days;
        }
        String start = start(UsageGrouping.Grain.DAY);
        new Jpql("h.id.keyId in :keys and h.id.hourStart >= :from and h.id.hourStart < :to")
                .set("keys", keys)
                .set("from", query.from().truncatedTo(ChronoUnit.HOURS).toEpochMilli())
                .set("to", query.to().toEpochMilli())
                .select(
                        em,
                        "select h.id.keyId, " + start + ", " + uses(UsageCounterId.ACCEPTED) + ", " + others()
                                + " from HourlyUsageEntity h",
                        " group by h.id.keyId, " + start + " order by h.id.keyId, " + start,
                        Object[].class)
                .getResultStream()
                .map(Row::new)
                .forEach(row -> days.computeIfAbsent(new KeyId(row.text()), key -> new ArrayList<>())
                        .add(day(row)));
        return days;
    }

    private static DailyUsage day(Row row) {
        LocalDate day = LocalDate.ofEpochDay(row.number() / UsageGrouping.Grain.DAY.millis());
        return new DailyUsage(day, row.number(), row.number());
    }

    /** The beginning of the hour or day of a row {@code h}. */
    static String start(UsageGrouping.Grain grain) {
        // Every database of ours divides whole numbers its own way; the rest of a division is the same everywhere.
        return grain == UsageGrouping.Grain.HOUR
                ? "h.id.hourStart"
                : "(h.id.hourStart - mod(h.id.hourStart, " + grain.millis() + "))";
    }

    static String uses(String outcome) {
        return "sum(case when h.id.outcome = '" + outcome + "' then h.uses else 0 end)";
    }

    /** The uses of {@code h} that were rejected, or were of the same outcome. */
    static String others() {
        return "sum(case when h.id.outcome in ("
                + COUNTED.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "))
                + ") then 0 else h.uses end)";
    }

    List<UsageSum> find(int first, int max) {
        String columns = String.join(", ", columns(true));
        String sums = COUNTED.stream().map(UsageQueries::uses).collect(Collectors.joining(", "));
        return where(query)
                .select(
                        em,
                        "select " + columns + ", " + sums + ", " + others() + ", sum(h.credits)" + FROM,
                        " group by " + columns + " order by " + order(),
                        Object[].class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> sum(new Row(row)))
                .toList();
    }

    /** In the time that those sums cover, and of their keys or owners. */
    Map<UsageSum.Place, SortedMap<String, Long>> reasons(List<UsageSum> found) {
        Map<UsageSum.Place, SortedMap<String, Long>> reasons = new HashMap<>();
        if (found.stream().noneMatch(sum -> sum.rejected() > 0)) {
            return reasons;
        }
        String columns = String.join(", ", columns(false));
        among(found)
                .select(
                        em,
                        "select " + columns + ", h.id.outcome, sum(h.uses)" + FROM,
                        " group by " + columns + ", h.id.outcome",
                        Object[].class)
                .getResultStream()
                .map(Row::new)
                .forEach(row -> reasons.computeIfAbsent(place(row), none -> new TreeMap<>())
                        .put(row.text(), row.number()));
        return reasons;
    }

    private Jpql among(List<UsageSum> found) {
        long oldest = found.get(found.size() - 1).place().start().toEpochMilli();
        long newest = found.get(0).place().start().toEpochMilli();
        Jpql condition = where(query)
                .and("h.id.outcome not in :counted", "counted", COUNTED)
                .and("h.id.hourStart >= :oldest", "oldest", oldest)
                .and(
                        "h.id.hourStart < :newest",
                        "newest",
                        newest + grouping.grain().millis());
        if (grouping.has(Dimension.KEY)) {
            condition.and(
                    "h.id.keyId in :keys",
                    "keys",
                    found.stream()
                            .map(sum -> sum.place().key().orElseThrow().value())
                            .collect(Collectors.toSet()));
        } else if (grouping.has(Dimension.OWNER)) {
            condition.and(
                    "k.ownerId in :owners",
                    "owners",
                    found.stream()
                            .map(sum -> sum.place().ownerId().orElseThrow())
                            .collect(Collectors.toSet()));
        }
        return condition;
    }

    /** The latest first. */
    private String order() {
        List<String> order = new ArrayList<>(List.of(start(grouping.grain()) + " desc"));
        order.addAll(placeColumns());
        return String.join(", ", order);
    }

    /** A key has one owner and one name, so they add no rows. */
    private List<String> columns(boolean named) {
        List<String> columns = new ArrayList<>(List.of(start(grouping.grain())));
        columns.addAll(placeColumns());
        if (named && grouping.has(Dimension.KEY)) {
            columns.add("k.name");
        }
        return columns;
    }

    /** Whose uses a row counts, and where. */
    private List<String> placeColumns() {
        List<String> columns = new ArrayList<>();
        if (grouping.has(Dimension.KEY)) {
            columns.add("h.id.keyId");
        }
        if (grouping.has(Dimension.KEY) || grouping.has(Dimension.OWNER)) {
            columns.add("k.ownerId");
        }
        if (grouping.has(Dimension.API)) {
            columns.add("h.id.apiId");
        }
        return columns;
    }

    private UsageSum sum(Row row) {
        UsageSum.Place place = place(row);
        Optional<String> name = grouping.has(Dimension.KEY) ? Optional.of(row.text()) : Optional.empty();
        long accepted = row.number();
        long settled = row.number();
        long released = row.number();
        long expired = row.number();
        long rejected = row.number();
        CreditAmount charged = new CreditAmount(row.number());
        return new UsageSum(place, name, accepted, rejected, new UsageSum.Paid(settled, released, expired, charged));
    }

    private UsageSum.Place place(Row row) {
        Instant start = Instant.ofEpochMilli(row.number());
        boolean byKey = grouping.has(Dimension.KEY);
        Optional<KeyId> key = byKey ? Optional.of(new KeyId(row.text())) : Optional.empty();
        Optional<String> owner = byKey || grouping.has(Dimension.OWNER) ? Optional.of(row.text()) : Optional.empty();
        Optional<String> api = grouping.has(Dimension.API) ? Optional.of(row.text()) : Optional.empty();
        return new UsageSum.Place(start, key, owner, api);
    }

    /** Its columns one after the other. */
    private static final class Row {
        private final Object[] columns;
        private int next;

        Row(Object[] columns) {
            this.columns = columns;
        }

        String text() {
            return (String) columns[next++];
        }

        long number() {
            return ((Number) columns[next++]).longValue();
        }
    }
}
