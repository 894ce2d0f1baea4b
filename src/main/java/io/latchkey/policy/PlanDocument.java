package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.model.Allowance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Reads and writes a plan (a role with policy attributes) as JSON for admin REST: limits, credits, and attributes without
 * effect.
 */
public final class PlanDocument {

    /** Prefix of the names of attributes that grant credits; the client id of an API follows. */
    public static final String CREDITS_PREFIX = "latchkey.credits.";

    private static final String CREDITS = "credits";
    /** Of the name of a role attribute in Keycloak's database. */
    private static final int LONGEST_NAME = 255;

    private static final String ALLOWANCE =
            "must be an amount and how often it starts anew, such as 10000/month, 0.5/day or 100/none";
    private static final List<PolicyAttribute<?>> WIDENED = List.of(
            PolicyAttributes.MAX_KEYS,
            PolicyAttributes.DEFAULT_LIFETIME,
            PolicyAttributes.MAX_LIFETIME,
            PolicyAttributes.RATE_LIMIT,
            PolicyAttributes.OWNER_RATE_LIMIT);

    private PlanDocument() {}

    /**
     * Writes a plan. A field is null if the plan does not set it.
     *
     * @param attributes the {@code latchkey.} attributes of one role
     */
    public static ObjectNode write(String role, Map<String, String> attributes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("role", role);
        WIDENED.forEach(attribute -> document.set(attribute.field(), attribute.jsonIfValid(attributes::get)));
        ObjectNode credits = document.putObject(CREDITS);
        ArrayNode faults = document.putArray("faults");
        new TreeMap<>(attributes).forEach((name, value) -> {
            Optional<Allowance> allowance =
                    name.startsWith(CREDITS_PREFIX) ? Allowance.parse(value.strip()) : Optional.empty();
            allowance.ifPresentOrElse(
                    found -> credits.put(name.substring(CREDITS_PREFIX.length()), found.toString()),
                    () -> fault(name, attributes)
                            .ifPresent(detail ->
                                    faults.addObject().put("attribute", name).put("detail", detail)));
        });
        return document;
    }

    private static Optional<String> fault(String name, Map<String, String> plan) {
        if (name.startsWith(CREDITS_PREFIX)) {
            return Optional.of(ALLOWANCE + "; does not count");
        }
        return WIDENED.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .map(attribute -> attribute.fault(plan::get).map(wrong -> attribute.rule() + "; does not count"))
                .orElse(Optional.of("has no effect on a role"));
    }

    /** The attribute that grants credits at an API; empty if the client id is too long for its name. */
    public static Optional<String> attributeOf(String clientId) {
        return Optional.of(CREDITS_PREFIX + clientId).filter(name -> name.length() <= LONGEST_NAME);
    }

    /**
     * Reads a plan that replaces the one before. The plan does not set a field that is absent or null.
     *
     * @param isApi whether such a client exists
     */
    public static ParsedPolicyDocument read(ObjectNode document, Predicate<String> isApi) {
        ParsedPolicyDocument update = ParsedPolicyDocument.read(document, WIDENED, CREDITS);
        JsonNode credits = document.path(CREDITS);
        if (!credits.isObject() && !credits.isMissingNode() && !credits.isNull()) {
            update.reject(CREDITS, "must be an object with client ids of APIs");
        }
        credits.properties().forEach(api -> {
            fault(api.getKey(), api.getValue(), isApi)
                    .ifPresent(detail -> update.reject(CREDITS + "." + api.getKey(), detail));
            update.put(CREDITS_PREFIX + api.getKey(), api.getValue().asText());
        });
        return update;
    }

    private static Optional<String> fault(String api, JsonNode allowance, Predicate<String> isApi) {
        if (!isApi.test(api)) {
            return Optional.of("there is no such client");
        }
        if (attributeOf(api).isEmpty()) {
            return Optional.of("the client id is too long for the name of a role attribute");
        }
        boolean right =
                allowance.isTextual() && Allowance.parse(allowance.textValue()).isPresent();
        return right ? Optional.empty() : Optional.of(ALLOWANCE);
    }
}
