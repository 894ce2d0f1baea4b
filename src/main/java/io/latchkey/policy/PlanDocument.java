package io.latchkey.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan as administrators read it over REST: what a role widens, and what it says without effect. */
public final class PlanDocument {

    private static final List<PolicyAttribute<?>> WIDENED =
            List.of(PolicyTable.MAX_KEYS, PolicyTable.DEFAULT_LIFETIME, PolicyTable.MAX_LIFETIME);
    private static final Map<String, PolicyAttribute<?>> BY_NAME =
            WIDENED.stream().collect(Collectors.toUnmodifiableMap(PolicyAttribute::name, attribute -> attribute));

    private PlanDocument() {}

    /**
     * A field is null where the plan leaves it to the policy of the realm.
     *
     * @param attributes those of one role that are ours
     */
    public static ObjectNode write(String role, Map<String, String> attributes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("role", role);
        WIDENED.forEach(attribute -> put(document, attribute, attributes));
        ArrayNode faults = document.putArray("faults");
        new TreeMap<>(attributes)
                .forEach((name, value) -> fault(name, attributes)
                        .ifPresent(detail ->
                                faults.addObject().put("attribute", name).put("detail", detail)));
        return document;
    }

    private static <T> void put(ObjectNode document, PolicyAttribute<T> attribute, Map<String, String> plan) {
        document.set(
                attribute.field(),
                attribute.find(plan::get).map(attribute::jsonOf).orElseGet(JsonNodeFactory.instance::nullNode));
    }

    private static Optional<String> fault(String name, Map<String, String> plan) {
        PolicyAttribute<?> attribute = BY_NAME.get(name);
        return attribute == null
                ? Optional.of("has no effect on a role")
                : attribute.fault(plan::get).map(wrong -> attribute.rule() + "; does not count");
    }
}
