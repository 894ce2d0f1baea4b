package io.latchkey.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.model.Allowance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads and writes a plan as a REST document: what its role widens and grants, and which attributes have no effect. */
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
    private static final Map<String, PolicyAttribute<?>> BY_NAME =
            WIDENED.stream().collect(Collectors.toUnmodifiableMap(PolicyAttribute::name, attribute -> attribute));
    private static final Set<String> FIELDS =
            WIDENED.stream().map(PolicyAttribute::field).collect(Collectors.toUnmodifiableSet());

    private PlanDocument() {}

    /**
     * Writes a plan. A field is null if the plan does not set it.
     *
     * @param attributes the {@code latchkey.} attributes of one role
     */
    public static ObjectNode write(String role, Map<String, String> attributes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("role", role);
        WIDENED.forEach(attribute -> put(document, attribute, attributes));
        ObjectNode credits = document.putObject(CREDITS);
        ArrayNode faults = document.putArray("faults");
        new TreeMap<>(attributes).forEach((name, value) -> {
            allowance(name, value)
                    .ifPresent(found -> credits.put(name.substring(CREDITS_PREFIX.length()), found.toString()));
            fault(name, attributes)
                    .ifPresent(
                            detail -> faults.addObject().put("attribute", name).put("detail", detail));
        });
        return document;
    }

    /** The attribute that grants credits at an API; empty if the client id is too long for its name. */
    public static Optional<String> attributeOf(String clientId) {
        return Optional.of(CREDITS_PREFIX + clientId).filter(name -> name.length() <= LONGEST_NAME);
    }

    private static <T> void put(ObjectNode document, PolicyAttribute<T> attribute, Map<String, String> plan) {
        document.set(
                attribute.field(),
                attribute.find(plan::get).map(attribute::jsonOf).orElseGet(JsonNodeFactory.instance::nullNode));
    }

    private static Optional<Allowance> allowance(String name, String value) {
        return Optional.of(value)
                .filter(text -> name.startsWith(CREDITS_PREFIX))
                .map(String::strip)
                .flatMap(Allowance::parse);
    }

    private static Optional<String> fault(String name, Map<String, String> plan) {
        if (name.startsWith(CREDITS_PREFIX)) {
            boolean right = allowance(name, plan.get(name)).isPresent();
            return right ? Optional.empty() : Optional.of(ALLOWANCE + "; does not count");
        }
        PolicyAttribute<?> attribute = BY_NAME.get(name);
        return attribute == null
                ? Optional.of("has no effect on a role")
                : attribute.fault(plan::get).map(wrong -> attribute.rule() + "; does not count");
    }

    /**
     * Reads a plan that replaces the one before. The plan does not set a field that is absent or null.
     *
     * @param isApi whether such a client exists
     */
    public static PolicyUpdate read(ObjectNode document, Predicate<String> isApi) {
        Map<String, Optional<String>> attributes = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>();
        WIDENED.forEach(attribute -> PolicyDocument.read(document, attribute)
                .ifPresentOrElse(
                        text -> attributes.put(attribute.name(), text),
                        () -> errors.add(new FieldError(attribute.field(), attribute.rule()))));
        JsonNode credits = document.path(CREDITS);
        if (credits.isObject()) {
            credits.fields().forEachRemaining(api -> {
                Optional<String> fault = fault(api.getKey(), api.getValue(), isApi);
                fault.ifPresent(detail -> errors.add(new FieldError(CREDITS + "." + api.getKey(), detail)));
                attributes.put(
                        CREDITS_PREFIX + api.getKey(),
                        Optional.of(api.getValue().asText()));
            });
        } else if (!credits.isMissingNode() && !credits.isNull()) {
            errors.add(new FieldError(CREDITS, "must be an object with client ids of APIs"));
        }
        document.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field) && !field.equals(CREDITS)) {
                errors.add(new FieldError(field, "unknown field"));
            }
        });
        return errors.isEmpty() ? new PolicyUpdate.Accepted(attributes) : new PolicyUpdate.Refused(errors);
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
