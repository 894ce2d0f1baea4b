package io.latchkey.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * Reads, writes and narrows the claims of an access token in its JSON form, where one claim can stand twice. A mapper can
 * write a claim such as {@code resource_access} in addition to Keycloak's own field for it (26.7: {@code
 * AccessToken.getOtherClaims}). The token then has it twice, and JSON readers take the second.
 */
public final class AccessTokenClaimsJson {

    /** Claims without which a token does not work. They keep their old value where an extension changed them. */
    private static final Set<String> REQUIRED = Set.of("iss", "sub", "azp", "typ", "iat", "jti", "sid");

    /** Claims that only restrict a token, so any processor may add them (RFC 7800, RFC 7519). */
    private static final Set<String> RESTRICTING = Set.of("cnf", "nbf");

    /**
     * Claims that describe the owner and permit nothing (OpenID Connect Core 1.0, section 5.1). Keycloak's mappers write them to the
     * other claims and leave their fields empty, in nearly every token (26.7: {@code OIDCAttributeMapperHelper}).
     */
    private static final Set<String> DESCRIPTIVE =
            Set.of(("name given_name family_name middle_name nickname preferred_username profile picture website email"
                            + " email_verified gender birthdate zoneinfo locale phone_number phone_number_verified updated_at")
                    .split(" "));

    private static final ObjectMapper JSON = JsonSerialization.mapper;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The fields of Keycloak's class by the name of their claim. */
    private static final Map<String, AnnotatedMember> FIELDS = fields();

    private AccessTokenClaimsJson() {}

    private static Map<String, AnnotatedMember> fields() {
        Map<String, AnnotatedMember> fields = new HashMap<>();
        for (BeanPropertyDefinition property : JSON.getSerializationConfig()
                .introspect(JSON.constructType(AccessToken.class))
                .findProperties()) {
            AnnotatedMember reader = property.getAccessor();
            reader.fixAccess(true);
            fields.put(property.getName(), reader);
        }
        return Map.copyOf(fields);
    }

    /** Returns the claims that the token has once it is encoded. */
    public static ObjectNode of(AccessToken token) {
        return read(bytes(token));
    }

    /** Returns the claims as JSON, which Keycloak encodes byte for byte. */
    static byte[] bytes(AccessToken token) {
        try {
            return JSON.writeValueAsBytes(token);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** Returns the claims of an encoded token as JSON, without a check of its signature. */
    static byte[] bytes(String encoded) {
        try {
            return new JWSInput(encoded).getContent();
        } catch (JWSInputException notSigned) {
            throw new IllegalStateException("Keycloak has made a token that is no JWS", notSigned);
        }
    }

    static ObjectNode read(byte[] claims) {
        try {
            return (ObjectNode) JSON.readTree(claims);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /**
     * Moves each claim that is written twice, and each claim that permits something, into Keycloak's field, with the value that
     * readers take.
     */
    public static void unite(AccessToken token) {
        if (token.getOtherClaims().keySet().stream().anyMatch(name -> isMisplaced(token, name))) {
            write(token, of(token));
        }
    }

    private static boolean isMisplaced(AccessToken token, String claim) {
        AnnotatedMember field = FIELDS.get(claim);
        return field != null && !(DESCRIPTIVE.contains(claim) && field.getValue(token) == null);
    }

    /** Replaces all claims of the token. */
    public static void write(AccessToken token, ObjectNode claims) {
        Set<String> names = new LinkedHashSet<>();
        of(token).fieldNames().forEachRemaining(names::add);
        claims.fieldNames().forEachRemaining(names::add);
        token.getOtherClaims().clear();
        names.forEach(name -> write(token, name, claims.get(name)));
        if (token.getResourceAccess() == null) {
            token.setResourceAccess(new HashMap<>());
        }
    }

    private static void write(AccessToken token, String name, JsonNode value) {
        if (value == null && !FIELDS.containsKey(name)) {
            return;
        }
        ObjectNode one = NODES.objectNode().set(name, value);
        try {
            JSON.readerForUpdating(token).readValue(one);
        } catch (IOException unfit) {
            if (value != null) {
                // Keycloak itself could not read a token with this value.
                write(token, name, null);
            }
        }
    }

    /**
     * Removes everything that was not there before: claims, members, elements and words of the scope. A later end becomes the
     * earlier one again.
     *
     * @param audiences that are allowed in addition to those from before
     */
    public static ObjectNode within(ObjectNode now, ObjectNode before, Set<String> audiences) {
        ObjectNode left = NODES.objectNode();
        for (Map.Entry<String, JsonNode> claim : now.properties()) {
            String name = claim.getKey();
            JsonNode old = before.get(name);
            JsonNode unrestricted = RESTRICTING.contains(name) ? claim.getValue() : null;
            JsonNode kept = old == null ? unrestricted : within(name, claim.getValue(), old, audiences);
            if (kept != null) {
                left.set(name, kept);
            }
        }
        REQUIRED.stream()
                .filter(name -> before.has(name) && !left.has(name))
                .forEach(name -> left.set(name, before.get(name)));
        return left;
    }

    /** Whether nothing was added. */
    public static boolean isWithin(ObjectNode now, ObjectNode before, Set<String> audiences) {
        return within(now, before, audiences).equals(now);
    }

    private static JsonNode within(String name, JsonNode now, JsonNode old, Set<String> audiences) {
        return switch (name) {
            case "aud" -> audience(now, old, audiences);
            case "scope" -> scope(now, old);
            case "exp" -> now.isIntegralNumber() && now.asLong() < old.asLong() ? now : old;
            default -> within(now, old);
        };
    }

    /** Null if nothing is left. */
    private static JsonNode within(JsonNode now, JsonNode old) {
        if (now.equals(old)) {
            return now;
        }
        if (now.isObject() && old.isObject()) {
            ObjectNode left = NODES.objectNode();
            for (Map.Entry<String, JsonNode> member : now.properties()) {
                JsonNode before = old.get(member.getKey());
                JsonNode kept = before == null ? null : within(member.getValue(), before);
                if (kept != null) {
                    left.set(member.getKey(), kept);
                }
            }
            return left;
        }
        if (now.isArray() && old.isArray()) {
            Set<JsonNode> before = elements(old).collect(Collectors.toSet());
            return filtered(now, before::contains);
        }
        return null;
    }

    /** A text or a list of texts (RFC 7519, section 4.1.3). */
    private static JsonNode audience(JsonNode now, JsonNode old, Set<String> more) {
        Set<String> allowed = new HashSet<>(more);
        elements(old).map(JsonNode::asText).forEach(allowed::add);
        return elements(now).map(JsonNode::asText).allMatch(allowed::contains)
                ? now
                : filtered(now, element -> allowed.contains(element.asText()));
    }

    private static JsonNode scope(JsonNode now, JsonNode old) {
        if (now.equals(old) || !now.isTextual() || !old.isTextual()) {
            return now.equals(old) ? now : null;
        }
        Set<String> before = Set.copyOf(List.of(old.asText().split(" ")));
        return NODES.textNode(
                Stream.of(now.asText().split(" ")).filter(before::contains).collect(Collectors.joining(" ")));
    }

    private static ArrayNode filtered(JsonNode list, Predicate<JsonNode> filter) {
        ArrayNode left = NODES.arrayNode();
        elements(list).filter(filter).forEach(left::add);
        return left;
    }

    public static Stream<JsonNode> elements(JsonNode node) {
        return node.isTextual() ? Stream.of(node) : StreamSupport.stream(node.spliterator(), false);
    }
}
