package io.latchkey.rest;

import io.latchkey.http.JsonFields;
import io.latchkey.keys.RestrictionChange;
import io.latchkey.model.AddressRange;
import io.latchkey.model.MergePatchValue;
import io.latchkey.model.WebOrigin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the restrictions of a key from a request; {@code null} and an empty list remove one. */
public final class RestrictionFields {

    private static final int MOST_NAMES = 20;
    private static final int MOST_ADDRESSES = 50;
    private static final int MOST_ORIGINS = 20;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_ADDRESS = 64;
    // What the column holds is less than the most of them at their longest.
    private static final int ALL_ORIGINS = 2500;

    private RestrictionFields() {}

    public static RestrictionChange read(JsonFields fields) {
        MergePatchValue<List<WebOrigin>> origins = parsed(
                fields,
                "allowedOrigins",
                fields.storedTexts("allowedOrigins", MOST_ORIGINS, LONGEST_NAME),
                WebOrigin::parse,
                WebOrigin.FAULT);
        int length = origins.given().orElse(List.of()).stream()
                .mapToInt(origin -> origin.text().length() + 1)
                .sum();
        if (length > ALL_ORIGINS) {
            fields.reject("allowedOrigins", "must not be longer than " + ALL_ORIGINS + " characters together");
        }
        return new RestrictionChange(
                list(fields.storedTexts("scopes", MOST_NAMES, LONGEST_NAME)),
                list(fields.storedTexts("audiences", MOST_NAMES, LONGEST_NAME)),
                parsed(
                        fields,
                        "allowedIps",
                        fields.storedTexts("allowedIps", MOST_ADDRESSES, LONGEST_ADDRESS),
                        AddressRange::parse,
                        AddressRange.FAULT),
                origins);
    }

    private static <T> MergePatchValue<List<T>> list(MergePatchValue<List<T>> patch) {
        return patch.isAbsent()
                ? patch
                : new MergePatchValue.Value<>(patch.given().orElse(List.of()));
    }

    private static <T> MergePatchValue<List<T>> parsed(
            JsonFields fields,
            String name,
            MergePatchValue<List<String>> patch,
            Function<String, Optional<T>> parse,
            String fault) {
        List<String> texts = patch.given().orElse(List.of());
        List<T> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Optional<T> value = parse.apply(texts.get(i));
            if (value.isEmpty()) {
                fields.reject(name + "[" + i + "]", fault);
            }
            value.ifPresent(values::add);
        }
        return list(patch.map(given -> List.copyOf(new LinkedHashSet<>(values))));
    }
}
