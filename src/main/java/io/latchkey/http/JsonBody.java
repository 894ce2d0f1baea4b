package io.latchkey.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.latchkey.policy.FieldError;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;

/**
 * Parses a request body, JSON or form, into one JSON object, or into the problem to report. It refuses input that two
 * readers could understand differently: duplicate members, bad UTF-8, lone surrogates, trailing text.
 */
public record JsonBody(Optional<ObjectNode> json, Optional<Problem> problem) {

    public static final int MAX_BYTES = 64 * 1024;

    /** The name errors use where no field can be named. */
    public static final String WHOLE = "body";

    private static final int MAX_DEPTH = 16;
    // The author of a request chose the name of an unknown member: long enough to recognise, short enough for
    // responses.
    private static final int LONGEST_NAME = 64;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            // Amounts are exact.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Parameters of Keycloak's client authenticators (RFC 6749, section 2.3.1, and RFC 7521, section 4.2). */
    private static final Set<String> OF_CLIENT = Set.of(
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    private static final Set<String> FLAGS = Set.of("settle", "dryRun", "token");
    private static final Set<String> AMOUNTS = Set.of("cost");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    /** Reads a document of at most {@code maxBytes}. */
    static JsonBody read(byte[] body, int maxBytes) {
        if (body.length > maxBytes) {
            return new JsonBody(Optional.empty(), Optional.of(Problem.tooLarge(maxBytes)));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return read(MAPPER.createParser(text), text.length());
        } catch (CharacterCodingException e) {
            return refused(WHOLE, "must be UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private static JsonBody read(JsonParser parser, int length) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(parser);
            if (!(json instanceof ObjectNode object) || parser.nextToken() != null) {
                return refused(WHOLE, "must be one JSON object");
            }
            return brokenText(json, "")
                    .map(field -> refused(field, "must not hold half of a surrogate pair"))
                    .orElseGet(() -> accepted(object));
        } catch (StreamConstraintsException e) {
            return refused(WHOLE, "must not be nested deeper than " + MAX_DEPTH + " levels");
        } catch (JsonProcessingException e) {
            if (e.getLocation().getCharOffset() >= length) {
                return refused(WHOLE, "ends before its JSON object is complete");
            }
            // The parser's own message quotes the body, and a body can hold a key.
            return refused(fieldAt(parser.getParsingContext()), "must be valid JSON that names each member once");
        }
    }

    // Written as an escape, half a pair gets past the decoder.
    private static Optional<String> brokenText(JsonNode json, String path) {
        if (json.isTextual()) {
            return Optional.of(path).filter(field -> !isWhole(json.textValue()));
        }
        Stream<Optional<String>> broken = json.isArray()
                ? IntStream.range(0, json.size()).mapToObj(i -> brokenText(json.get(i), item(path, i)))
                : json.properties().stream().map(member -> brokenMember(member, path));
        return broken.flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> brokenMember(Map.Entry<String, JsonNode> member, String path) {
        return isWhole(member.getKey())
                ? brokenText(member.getValue(), member(path, member.getKey()))
                : Optional.of(path.isEmpty() ? WHOLE : path);
    }

    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static JsonBody refused(String field, String detail) {
        return refused(List.of(new FieldError(field, detail)));
    }

    private static String fieldAt(JsonStreamContext context) {
        String path = pathTo(context);
        return path.isEmpty() || !isWhole(path) ? WHOLE : path;
    }

    private static String pathTo(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = pathTo(context.getParent());
        if (context.inArray()) {
            return item(parent, context.getCurrentIndex());
        }
        return context.getCurrentName() == null ? parent : member(parent, context.getCurrentName());
    }

    /**
     * Reads the parameters of a form as members of an object, except those that authenticate the client. A value of another type
     * stays text.
     */
    static JsonBody read(MultivaluedMap<String, String> form) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<FieldError> repeated = new ArrayList<>();
        form.forEach((name, values) -> {
            if (values.size() != 1 && !OF_CLIENT.contains(name)) {
                repeated.add(new FieldError(member("", name), "must be given once"));
            } else if (!OF_CLIENT.contains(name)) {
                json.set(name, value(name, values.get(0)));
            }
        });
        return repeated.isEmpty() ? accepted(json) : refused(repeated);
    }

    private static JsonNode value(String name, String text) {
        if (FLAGS.contains(name) && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        return AMOUNTS.contains(name) && AMOUNT.matcher(text).matches()
                ? DecimalNode.valueOf(new BigDecimal(text))
                : TextNode.valueOf(text);
    }

    /** Responds to the object with this work, or reports the problem. */
    Response respond(Function<ObjectNode, Response> work) {
        return json.map(work).orElseGet(() -> problem.orElseThrow().toResponse());
    }

    private static JsonBody accepted(ObjectNode json) {
        return new JsonBody(Optional.of(json), Optional.empty());
    }

    private static JsonBody refused(List<FieldError> errors) {
        return new JsonBody(Optional.empty(), Optional.of(Problem.badRequest(errors)));
    }

    /** The path of a member, such as {@code owner.name}. */
    static String member(String path, String name) {
        String shown = name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "...";
        return path.isEmpty() ? shown : path + "." + shown;
    }

    /** The path of an item, such as {@code scopes[2]}. */
    static String item(String path, int index) {
        return path + "[" + Math.max(index, 0) + "]";
    }
}
