package io.latchkey.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the OpenAPI document from the provider jar. */
final class ShippedDocument {

    private static final String PATH = "/META-INF/latchkey/openapi.json";

    private ShippedDocument() {}

    static JsonNode read() {
        try (InputStream json = ShippedDocument.class.getResourceAsStream(PATH)) {
            if (json == null) {
                throw new IllegalStateException("The jar has no " + PATH + ": build it without -Dmaven.test.skip");
            }
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
