package io.latchkey.rest;

import io.latchkey.http.JsonFields;
import io.latchkey.model.ExpiryFilter;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.RealmPolicy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads the filters of key lists: {@code status}, {@code unusedSince}, {@code neverUsed}, {@code expiringBefore}, {@code
 * expiringAfter}, {@code neverExpires} and {@code outOfPolicy}.
 */
public final class KeyQueryReader {

    private static final String STATUSES =
            Arrays.stream(KeyStatus.values()).map(KeyStatus::label).collect(Collectors.joining(", "));

    private final UnaryOperator<String> query;
    private final Consumer<FieldError> wrong;

    /**
     * @param query value of a parameter, or null
     * @param wrong receives what is wrong, by the name of the parameter
     */
    public KeyQueryReader(UnaryOperator<String> query, Consumer<FieldError> wrong) {
        this.query = query;
        this.wrong = wrong;
    }

    /** @param policy of the realm, asked for only where the filter needs it */
    public KeyQuery read(
            String realmId,
            Optional<String> ownerId,
            Optional<String> search,
            Instant now,
            Supplier<RealmPolicy> policy) {
        return new KeyQuery(
                realmId,
                ownerId,
                status(),
                search,
                time("unusedSince"),
                flag("neverUsed"),
                new ExpiryFilter(time("expiringBefore"), time("expiringAfter"), flag("neverExpires")),
                flag("outOfPolicy") ? Optional.of(policy.get().bounds()) : Optional.empty(),
                now);
    }

    private Optional<KeyStatus> status() {
        Optional<String> text = Optional.ofNullable(query.apply("status"));
        Optional<KeyStatus> status = text.flatMap(KeyStatus::ofLabel);
        if (text.isPresent() && status.isEmpty()) {
            wrong.accept(new FieldError("status", "must be one of " + STATUSES));
        }
        return status;
    }

    private Optional<Instant> time(String name) {
        return time(query, wrong, name);
    }

    /** The moment in that parameter, if there is one. */
    static Optional<Instant> time(UnaryOperator<String> query, Consumer<FieldError> wrong, String name) {
        String text = query.apply(name);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Instant> moment = JsonFields.moment(text);
        if (moment.isEmpty()) {
            wrong.accept(new FieldError(name, JsonFields.TIME_FAULT));
        }
        return moment;
    }

    private boolean flag(String name) {
        String text = query.apply(name);
        if (text != null && !List.of("true", "false").contains(text)) {
            wrong.accept(new FieldError(name, JsonFields.FLAG_FAULT));
        }
        return "true".equals(text);
    }
}
