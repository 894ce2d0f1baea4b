package io.latchkey.rest;

import io.latchkey.http.RequestReader;
import io.latchkey.key.KeyId;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageGrouping.Dimension;
import io.latchkey.model.UsageGrouping.Grain;
import io.latchkey.model.UsageQuery;
import io.latchkey.policy.FieldError;
import io.latchkey.policy.ScopeAndClientResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;

/** Reads the filters and the grouping of a usage report. */
final class UsageQueryReader {

    private static final Duration STANDARD = Duration.ofDays(1);
    private static final String NOTHING = "none";
    /** No client has that id. */
    private static final String NO_CLIENT = "-";

    private final RequestReader requestReader;
    private final Consumer<FieldError> wrong;

    /** @param wrong receives what is wrong, by the name of the parameter */
    UsageQueryReader(RequestReader requestReader, Consumer<FieldError> wrong) {
        this.requestReader = requestReader;
        this.wrong = wrong;
    }

    UsageQuery query(RealmModel realm, Optional<String> ownerId, Instant now) {
        Optional<Instant> end = KeyQueryReader.time(requestReader::query, wrong, "to");
        Optional<Instant> start = KeyQueryReader.time(requestReader::query, wrong, "from");
        Instant to = end.orElse(now);
        Instant from = start.orElseGet(() -> to.minus(STANDARD));
        if (from.isAfter(to)) {
            wrong.accept(new FieldError("from", "must not be after to"));
        }
        String id = requestReader.query("key");
        Optional<KeyId> key = KeyId.parse(id);
        if (id != null && key.isEmpty()) {
            wrong.accept(new FieldError("key", KeyId.FAULT));
        }
        Optional<String> api = Optional.ofNullable(requestReader.query("api"))
                .map(name -> new ScopeAndClientResolver(realm).audienceId(name).orElse(NO_CLIENT));
        return new UsageQuery(realm.getId(), ownerId, key, api, from, to);
    }

    UsageGrouping grouping(Set<Dimension> allowed) {
        Optional<String> text = Optional.ofNullable(requestReader.query("grain"));
        Optional<Grain> grain = text.flatMap(Grain::ofLabel);
        if (text.isPresent() && grain.isEmpty()) {
            wrong.accept(new FieldError("grain", "must be hour or day"));
        }
        return new UsageGrouping(grain.orElse(Grain.HOUR), dimensions(allowed));
    }

    private Set<Dimension> dimensions(Set<Dimension> allowed) {
        String text =
                Optional.ofNullable(requestReader.query("by")).orElse("key api").strip();
        Set<Dimension> by = EnumSet.noneOf(Dimension.class);
        if (text.equals(NOTHING)) {
            return by;
        }
        for (String word : text.split("[ ,]+")) {
            Optional<Dimension> dimension = Dimension.ofLabel(word).filter(allowed::contains);
            if (dimension.isEmpty()) {
                String words = Arrays.stream(Dimension.values())
                        .filter(allowed::contains)
                        .map(Dimension::label)
                        .collect(Collectors.joining(", "));
                wrong.accept(new FieldError("by", "must be none, or some of " + words));
                return by;
            }
            by.add(dimension.get());
        }
        return by;
    }
}
