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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Parses text into one JSON object, or reports the field that is wrong. */
final class StrictJson {
    private static final int MAX_DEPTH = 16;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            // Amounts are exact.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StrictJson() {}

    static JsonBody read(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            return read(parser, text.length());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private static JsonBody read(JsonParser parser, int length) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(parser);
            if (!(json instanceof ObjectNode object) || parser.nextToken() != null) {
                return refused(JsonBody.WHOLE, "must be one JSON object");
            }
            return brokenText(json, "")
                    .map(field -> refused(field, "must not hold half of a surrogate pair"))
                    .orElseGet(() -> new JsonBody.Accepted(object));
        } catch (StreamConstraintsException e) {
            return refused(JsonBody.WHOLE, "must not be nested deeper than " + MAX_DEPTH + " levels");
        } catch (JsonProcessingException e) {
            if (e.getLocation().getCharOffset() >= length) {
                return refused(JsonBody.WHOLE, "ends before its JSON object is complete");
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
                ? IntStream.range(0, json.size()).mapToObj(i -> brokenText(json.get(i), FieldPath.item(path, i)))
                : json.properties().stream().map(member -> brokenMember(member, path));
        return broken.flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> brokenMember(Map.Entry<String, JsonNode> member, String path) {
        return isWhole(member.getKey())
                ? brokenText(member.getValue(), FieldPath.member(path, member.getKey()))
                : Optional.of(path.isEmpty() ? JsonBody.WHOLE : path);
    }

    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static JsonBody refused(String field, String detail) {
        return new JsonBody.Refused(Problem.badRequest(field, detail));
    }

    private static String fieldAt(JsonStreamContext context) {
        String path = pathTo(context);
        return path.isEmpty() || !isWhole(path) ? JsonBody.WHOLE : path;
    }

    private static String pathTo(JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = pathTo(context.getParent());
        if (context.inArray()) {
            return FieldPath.item(parent, context.getCurrentIndex());
        }
        return context.getCurrentName() == null ? parent : FieldPath.member(parent, context.getCurrentName());
    }
}
