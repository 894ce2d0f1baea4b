package io.latchkey.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a request body that must be one JSON object. It refuses input that two readers could understand differently:
 * duplicate members, bad UTF-8, lone surrogates, trailing text.
 */
public sealed interface JsonBody {
    int MAX_BYTES = 64 * 1024;

    record Accepted(ObjectNode json) implements JsonBody {}

    record Refused(Problem problem) implements JsonBody {}

    /** The name violations use where no field can be named. */
    String WHOLE = "body";

    static JsonBody read(byte[] body) {
        return read(body, MAX_BYTES);
    }

    /** For the few documents that may be larger than usual. */
    static JsonBody read(byte[] body, int maxBytes) {
        if (body.length > maxBytes) {
            return new Refused(Problem.tooLarge(maxBytes));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return StrictJson.read(text);
        } catch (CharacterCodingException e) {
            return refused(WHOLE, "must be UTF-8");
        }
    }

    static JsonBody read(String body) {
        // Each char is at least one byte: this spares encoding what is too large anyway.
        if (body.length() > MAX_BYTES) {
            return new Refused(Problem.tooLarge(MAX_BYTES));
        }
        try {
            int bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(body))
                    .remaining();
            return bytes > MAX_BYTES ? new Refused(Problem.tooLarge(MAX_BYTES)) : StrictJson.read(body);
        } catch (CharacterCodingException e) {
            return refused(WHOLE, "must not hold half of a surrogate pair");
        }
    }

    private static Refused refused(String field, String detail) {
        return new Refused(Problem.badRequest(field, detail));
    }
}
