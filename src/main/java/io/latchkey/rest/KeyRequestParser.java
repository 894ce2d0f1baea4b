package io.latchkey.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.http.JsonFields;
import io.latchkey.http.TextRules;
import io.latchkey.key.KeyKind;
import io.latchkey.keys.KeyChangeRefusal;
import io.latchkey.keys.KeyChangeResult;
import io.latchkey.keys.KeyUpdateRequest;
import io.latchkey.keys.NewKey;
import io.latchkey.keys.RestrictionChange;
import io.latchkey.keys.RotationRequest;
import io.latchkey.model.MergePatchValue;
import io.latchkey.policy.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Parses the bodies of create, update (merge patch) and rotate requests and enforces the limits of their fields. */
public final class KeyRequestParser {

    private static final Set<String> CHANGEABLE = Set.of(
            "name", "description", "enabled", "expiresAt", "scopes", "audiences", "allowedIps", "allowedOrigins");

    /** What may have moved on since the caller read it. */
    private static final Set<String> VOLATILE = Set.of("lastUsedAt", "lastUsedIp", "uses");

    private static final Set<String> TEXTS = Set.of("name", "description");

    private static final int NAME = 64;
    private static final int DESCRIPTION = 500;
    private static final int IDEMPOTENCY_KEY = 255;
    private static final String GRACE_PERIODS =
            RotationRequest.GRACE_PERIODS.stream().map(Duration::toString).collect(Collectors.joining(", "));

    private KeyRequestParser() {}

    public static KeyChangeResult<NewKey> draft(JsonFields fields) {
        Optional<String> name = name(fields);
        Optional<String> description = description(fields);
        Optional<KeyKind> kind = fields.notNull("kind", fields.choice("kind", KeyKind::ofLabel, "secret, publishable"))
                .given();
        Optional<Boolean> enabled =
                fields.notNull("enabled", fields.flag("enabled")).given();
        MergePatchValue<Instant> expiry = fields.instant("expiresAt");
        RestrictionChange restrictions = RestrictionFields.read(fields);
        return whole(
                fields,
                () -> new NewKey(
                        name.orElseThrow(),
                        filled(description),
                        kind.orElse(KeyKind.SECRET),
                        enabled.orElse(true),
                        expiry,
                        restrictions));
    }

    /** The required name of a key. */
    public static Optional<String> name(JsonFields fields) {
        return fields.required("name", fields.freeText("name", 1, NAME));
    }

    public static Optional<String> description(JsonFields fields) {
        return fields.freeText("description", 0, DESCRIPTION).given();
    }

    /**
     * Reads a merge patch (RFC 7396). What cannot be changed may be repeated as it is, so that a representation that was read
     * can be edited and sent back.
     *
     * @param current the representation on record
     */
    public static KeyChangeResult<KeyUpdateRequest> change(
            ObjectNode patch, ObjectNode current, IntPredicate expected) {
        ObjectNode rest = patch.deepCopy();
        for (String field : List.copyOf(fieldNames(patch))) {
            if (!CHANGEABLE.contains(field) && current.has(field)) {
                if (!VOLATILE.contains(field) && !patch.get(field).equals(current.get(field))) {
                    return KeyChangeResult.refused(invalid(field, "cannot be changed"));
                }
                rest.remove(field);
            } else if (TEXTS.contains(field) && patch.get(field).equals(current.get(field))) {
                // It may be from before the rules of today.
                rest.remove(field);
            }
        }
        JsonFields fields = JsonFields.of(rest);
        MergePatchValue<String> name = fields.notNull("name", fields.freeText("name", 1, NAME));
        MergePatchValue<String> description = described(fields.freeText("description", 0, DESCRIPTION));
        MergePatchValue<Boolean> enabled = fields.notNull("enabled", fields.flag("enabled"));
        MergePatchValue<Instant> expiry = fields.instant("expiresAt");
        RestrictionChange restrictions = RestrictionFields.read(fields);
        return whole(fields, () -> new KeyUpdateRequest(name, description, enabled, expiry, restrictions, expected));
    }

    public static KeyChangeResult<RotationRequest> rotation(JsonFields fields, Optional<String> idempotencyKey) {
        Optional<Duration> gracePeriod = fields.notNull(
                        "gracePeriod", fields.choice("gracePeriod", KeyRequestParser::gracePeriod, GRACE_PERIODS))
                .given();
        Optional<Boolean> endOnFirstUse =
                fields.notNull("endOnFirstUse", fields.flag("endOnFirstUse")).given();
        idempotencyKey
                .flatMap(text -> TextRules.lineFault(text, 1, IDEMPOTENCY_KEY))
                .ifPresent(fault -> fields.reject("Idempotency-Key", fault));
        return whole(
                fields,
                () -> new RotationRequest(
                        gracePeriod.orElse(RotationRequest.DEFAULT_GRACE_PERIOD),
                        endOnFirstUse.orElse(false),
                        idempotencyKey));
    }

    private static Optional<Duration> gracePeriod(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(RotationRequest.GRACE_PERIODS::contains);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static <T> KeyChangeResult<T> whole(JsonFields fields, Supplier<T> value) {
        var errors = fields.errors();
        return errors.isEmpty()
                ? KeyChangeResult.done(value.get())
                : KeyChangeResult.refused(
                        new KeyChangeRefusal(KeyChangeRefusal.Kind.INVALID, "The request is not valid.", errors));
    }

    static KeyChangeRefusal invalid(String field, String detail) {
        return new KeyChangeRefusal(KeyChangeRefusal.Kind.INVALID, detail, List.of(new FieldError(field, detail)));
    }

    /** An empty description is none. */
    private static MergePatchValue<String> described(MergePatchValue<String> patch) {
        return patch.given().equals(Optional.of("")) ? new MergePatchValue.Null<>() : patch;
    }

    private static Optional<String> filled(Optional<String> text) {
        return text.filter(value -> !value.isEmpty());
    }

    private static List<String> fieldNames(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
