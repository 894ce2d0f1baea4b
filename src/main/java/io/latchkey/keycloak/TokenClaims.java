package io.latchkey.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * Reads and writes the claims of an access token as a JSON reader sees them. A mapper can write a claim such as {@code
 * resource_access} in addition to Keycloak's own field for it (26.7: {@code AccessToken.getOtherClaims}). The token then
 * has it twice, and JSON readers take the second.
 */
public final class TokenClaims {

    private static final String AUDIENCE = "aud";
    private static final String SCOPE = "scope";
    private static final String END = "exp";

    /** A token does not work without these, so their old value comes back where an extension changed it. */
    private static final Set<String> REQUIRED = Set.of("iss", "sub", "azp", "typ", "iat", "jti", "sid");

    /** Claims that only restrict a token, so any processor may add them (RFC 7800, RFC 7519). */
    private static final Set<String> RESTRICTING = Set.of("cnf", "nbf");

    private static final ObjectMapper JSON = JsonSerialization.mapper;

    private TokenClaims() {}

    /** The claims that the token has once it is encoded. */
    public static ObjectNode of(AccessToken token) {
        return read(bytes(token));
    }

    /** The same as text, which Keycloak encodes byte for byte. */
    static byte[] bytes(AccessToken token) {
        try {
            return JSON.writeValueAsBytes(token);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
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
     * Gives each claim that is written twice, or beside a field that permits something, the value that readers take, in
     * Keycloak's own field.
     */
    public static void unite(AccessToken token) {
        if (token.getOtherClaims().keySet().stream().anyMatch(name -> TokenFields.isMisplaced(token, name))) {
            write(token, of(token));
        }
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
        boolean field = TokenFields.contains(name);
        if (value == null && !field) {
            return;
        }
        ObjectNode one = JsonNodeFactory.instance.objectNode().set(name, value);
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
     * What is left of the claims when everything is taken away that was not there before: claims, members and elements, words of
     * the scope. A later end becomes the earlier one again.
     *
     * @param audiences that are allowed beside those from before
     */
    public static ObjectNode within(ObjectNode now, ObjectNode before, Set<String> audiences) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> claim : now.properties()) {
            String name = claim.getKey();
            JsonNode old = before.get(name);
            JsonNode kept = old == null
                    ? RESTRICTING.contains(name) ? claim.getValue() : null
                    : within(name, claim.getValue(), old, audiences);
            if (kept != null) {
                left.set(name, kept);
            }
        }
        REQUIRED.stream()
                .filter(name -> before.has(name) && !left.has(name))
                .forEach(name -> left.set(name, before.get(name)));
        return left;
    }

    /** Whether nothing is there that was not there before. */
    public static boolean isWithin(ObjectNode now, ObjectNode before, Set<String> audiences) {
        return within(now, before, audiences).equals(now);
    }

    private static JsonNode within(String name, JsonNode now, JsonNode old, Set<String> audiences) {
        return switch (name) {
            case AUDIENCE -> audience(now, old, audiences);
            case SCOPE -> scope(now, old);
            case END -> end(now, old);
            default -> within(now, old);
        };
    }

    /** Null where nothing is left. */
    private static JsonNode within(JsonNode now, JsonNode old) {
        if (now.equals(old)) {
            return now;
        }
        if (now.isObject() && old.isObject()) {
            ObjectNode left = JsonNodeFactory.instance.objectNode();
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
            Set<JsonNode> before = new HashSet<>();
            old.forEach(before::add);
            ArrayNode left = JsonNodeFactory.instance.arrayNode();
            now.forEach(element -> {
                if (before.contains(element)) {
                    left.add(element);
                }
            });
            return left;
        }
        return null;
    }

    private static JsonNode audience(JsonNode now, JsonNode old, Set<String> more) {
        Set<String> allowed = new HashSet<>(more);
        allowed.addAll(texts(old));
        if (allowed.containsAll(texts(now))) {
            return now;
        }
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        texts(now).stream().filter(allowed::contains).forEach(left::add);
        return left;
    }

    /** The values of a claim that is a text or a list of texts (RFC 7519, section 4.1.3). */
    static List<String> texts(JsonNode claim) {
        List<String> texts = new ArrayList<>();
        if (claim.isTextual()) {
            texts.add(claim.asText());
        }
        claim.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static JsonNode scope(JsonNode now, JsonNode old) {
        if (now.equals(old) || !now.isTextual() || !old.isTextual()) {
            return now.equals(old) ? now : null;
        }
        Set<String> before = Set.copyOf(List.of(old.asText().split(" ")));
        return JsonNodeFactory.instance.textNode(List.of(now.asText().split(" ")).stream()
                .filter(before::contains)
                .collect(Collectors.joining(" ")));
    }

    private static JsonNode end(JsonNode now, JsonNode old) {
        return now.isIntegralNumber() && now.asLong() < old.asLong() ? now : old;
    }

    /** The claims of an encoded token, whose signature is not looked at. */
    static byte[] bytes(String encoded) {
        try {
            return new JWSInput(encoded).getContent();
        } catch (JWSInputException notSigned) {
            throw new IllegalStateException("Keycloak has made a token that is no JWS", notSigned);
        }
    }
}
