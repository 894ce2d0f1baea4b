package io.latchkey.model.jpa;

import io.latchkey.key.KeyKind;
import io.latchkey.key.KeyPrefix;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ComparableName;
import io.latchkey.model.ExpiryFilter;
import io.latchkey.model.KeyBounds;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds the JPQL condition that selects keys by a query. */
final class KeyQueryCondition {

    private static final String LIVING = "k.endsAt > :now";

    /** Lists of addresses that admit every address. */
    private static final List<String> EVERYWHERE = List.of("0.0.0.0/0", "::/0", "0.0.0.0/0 ::/0", "::/0 0.0.0.0/0");

    private final Jpql where = new Jpql("k.realmId = :realm");

    KeyQueryCondition(KeyQuery query) {
        where.set("realm", query.realmId()).set("now", query.now().toEpochMilli());
        query.ownerId().ifPresent(owner -> where.and("k.ownerId = :owner", "owner", owner));
        where.and(query.status()
                .map(KeyQueryCondition::is)
                .orElse("k.revokedAt is null and (k.graceUntil is null or k.graceUntil > :now)"));
        query.search().ifPresent(this::search);
        query.unusedSince()
                .ifPresent(since -> where.and(
                        "not exists (select u.keyId from LastUseEntity u where u.keyId = k.id"
                                + " and u.uses > 0 and u.lastUsedAt >= :since)",
                        "since",
                        since.toEpochMilli()));
        if (query.neverUsed()) {
            where.and("not exists (select n.keyId from LastUseEntity n where n.keyId = k.id and n.uses > 0)");
        }
        expiry(query.expiry());
        query.outOf().ifPresent(this::outOf);
    }

    /** Only what comes after that key in lists, newest first. */
    void after(ApiKey key) {
        where.and("(k.createdAt < :last or k.createdAt = :last and k.id > :lastId)")
                .set("last", key.createdAt().toEpochMilli())
                .set("lastId", key.id().value());
    }

    TypedQuery<KeyEntity> newestFirst(EntityManager em) {
        return where.select(em, "select k from KeyEntity k", " order by k.createdAt desc, k.id", KeyEntity.class);
    }

    long count(EntityManager em) {
        return where.select(em, "select count(k.id) from KeyEntity k", "", Long.class)
                .getSingleResult();
    }

    /** The same order of precedence as {@link ApiKey#statusAt}. */
    private static String is(KeyStatus status) {
        return switch (status) {
            case ACTIVE -> LIVING + " and k.activation = 'ENABLED' and k.replacedBy is null";
            case ROTATING -> LIVING + " and k.activation = 'ENABLED' and k.replacedBy is not null";
            case DISABLED -> LIVING + " and k.activation <> 'ENABLED'";
            case EXPIRED ->
                "k.expiresAt <= :now and k.revokedAt is null and (k.graceUntil is null or k.graceUntil > :now)";
            case REVOKED -> "(k.graceUntil <= :now or k.revokedAt is not null)";
        };
    }

    private void search(String text) {
        Optional<String> id = startOfId(text);
        where.and(
                "(k.nameLower like :part escape '!'" + (id.isPresent() ? " or k.id like :id escape '!')" : ")"),
                "part",
                "%" + literal(ComparableName.of(text)) + "%");
        id.ifPresent(start -> where.set("id", start + "%"));
    }

    /** The id, or the beginning of it that a preview shows; not so short that it would find keys by chance. */
    private static Optional<String> startOfId(String text) {
        int cut = text.lastIndexOf('_') + 1;
        boolean preview = cut == 0 || KeyPrefix.parse(text.substring(0, cut)).isPresent();
        String start = text.substring(cut).replaceFirst("\\.+$", "");
        return preview && start.matches("[0-9A-Za-z]{4,12}") ? Optional.of(start) : Optional.empty();
    }

    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private void expiry(ExpiryFilter expiry) {
        expiry.before()
                .ifPresent(moment -> where.and("k.expiresAt < :before and " + LIVING, "before", moment.toEpochMilli()));
        expiry.after().ifPresent(moment -> where.and("k.expiresAt > :after", "after", moment.toEpochMilli()));
        if (expiry.never()) {
            where.and("k.expiresAt is null");
        }
    }

    private void outOf(KeyBounds bounds) {
        List<String> faults = new ArrayList<>();
        Arrays.stream(KeyKind.values())
                .filter(kind -> !bounds.kinds().contains(kind))
                .map(KeyQueryCondition::isOf)
                .forEach(faults::add);
        bounds.maxLifetime().ifPresent(longest -> {
            faults.add("k.expiresAt is null or k.expiresAt > k.createdAt + :longest");
            where.set("longest", longest.toMillis());
        });
        if (bounds.requireIp()) {
            faults.add(isOf(KeyKind.SECRET) + " and (k.allowedIps is null or k.allowedIps in (:everywhere))");
            where.set("everywhere", EVERYWHERE);
        }
        String out = faults.stream().map(fault -> "(" + fault + ")").collect(Collectors.joining(" or "));
        where.and(LIVING + " and (" + (out.isEmpty() ? "1 = 0" : out) + ")");
    }

    private static String isOf(KeyKind kind) {
        return "k.prefix like '%!_" + kind.tag() + "!_%' escape '!'";
    }
}
