package io.latchkey.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.http.CsvText;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageGrouping.Dimension;
import io.latchkey.model.UsageGrouping.Grain;
import io.latchkey.model.UsageSum;
import io.latchkey.model.UsageSum.Place;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes usage reports as JSON or CSV. */
final class UsageReportWriter {

    private final UsageGrouping grouping;
    private final Function<String, ObjectNode> owners;
    private final Function<String, Optional<String>> apis;
    private final Map<String, ObjectNode> knownOwners = new HashMap<>();
    private final Map<String, Optional<String>> knownApis = new HashMap<>();

    /**
     * @param owners describes the owner with that id
     * @param apis client id of the client that has that id, if there still is one
     */
    UsageReportWriter(
            UsageGrouping grouping, Function<String, ObjectNode> owners, Function<String, Optional<String>> apis) {
        this.grouping = grouping;
        this.owners = owners;
        this.apis = apis;
    }

    ArrayNode json(List<UsageSum> sums, Map<Place, SortedMap<String, Long>> reasons) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        sums.forEach(sum -> list.add(json(sum, reasons.getOrDefault(sum.place(), new TreeMap<>()))));
        return list;
    }

    private ObjectNode json(UsageSum sum, SortedMap<String, Long> reasons) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Place place = sum.place();
        if (grouping.has(Dimension.KEY)) {
            json.put("keyId", place.key().orElseThrow().value());
        }
        if (grouping.has(Dimension.OWNER)) {
            json.set("owner", owner(place));
        }
        if (grouping.has(Dimension.API)) {
            json.put("api", api(place).orElse(null));
        }
        json.put(grouping.grain().label(), start(place));
        json.put("accepted", sum.accepted());
        ObjectNode rejected = json.putObject("rejected");
        reasons.forEach(rejected::put);
        json.put("settled", sum.paid().settled());
        json.put("released", sum.paid().released());
        json.put("expired", sum.paid().expired());
        return ChargeJson.put(json, "credits", sum.paid().charged());
    }

    String csv(List<UsageSum> sums) {
        CsvText text = new CsvText();
        text.row(header());
        sums.forEach(sum -> text.row(row(sum)));
        return text.toString();
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of(grouping.grain().label()));
        if (grouping.has(Dimension.KEY)) {
            header.addAll(List.of("keyId", "keyName"));
        }
        if (grouping.has(Dimension.OWNER)) {
            header.addAll(List.of("ownerType", "ownerId", "ownerName"));
        }
        if (grouping.has(Dimension.API)) {
            header.add("api");
        }
        header.addAll(List.of("accepted", "rejected", "settled", "released", "expired", "credits"));
        return header;
    }

    private List<Object> row(UsageSum sum) {
        Place place = sum.place();
        List<Object> row = new ArrayList<>(List.of(start(place)));
        if (grouping.has(Dimension.KEY)) {
            row.add(place.key().orElseThrow().value());
            row.add(sum.keyName().orElse(""));
        }
        if (grouping.has(Dimension.OWNER)) {
            JsonNode owner = owner(place);
            row.addAll(List.of(owner.path("type").asText(), owner.path("id").asText(), name(owner)));
        }
        if (grouping.has(Dimension.API)) {
            row.add(api(place).orElse(""));
        }
        row.addAll(List.of(
                sum.accepted(), sum.rejected(), sum.paid().settled(), sum.paid().released()));
        row.addAll(List.of(sum.paid().expired(), sum.paid().charged()));
        return row;
    }

    private static String name(JsonNode owner) {
        return owner.path("name").isNull() ? "" : owner.path("name").asText();
    }

    private ObjectNode owner(Place place) {
        return knownOwners.computeIfAbsent(place.ownerId().orElseThrow(), owners);
    }

    private Optional<String> api(Place place) {
        return knownApis.computeIfAbsent(place.apiId().orElseThrow(), apis);
    }

    private String start(Place place) {
        Instant start = place.start();
        return grouping.grain() == Grain.HOUR
                ? start.toString()
                : start.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
