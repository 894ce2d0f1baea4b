package io.latchkey.key;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The vectors that every implementation of the format has to satisfy. */
@JsonIgnoreProperties("about")
record KeyVectors(
        String pattern,
        String alphabet,
        List<Pepper> peppers,
        List<Checked> checksums,
        List<Valid> valid,
        List<Invalid> invalid) {

    record Pepper(int version, String base64) {}

    record Checked(String text, String crc32, String checksum) {
        @Override
        public String toString() {
            return '"' + text + '"';
        }
    }

    record Valid(
            String name,
            String presented,
            String key,
            String prefix,
            String brand,
            String kind,
            String env,
            String id,
            String secret,
            String checksum,
            String preview,
            String sha256,
            Map<Integer, String> hmac) {
        @Override
        public String toString() {
            return name;
        }

        PresentedKey parsed() {
            return PresentedKey.parse(presented).orElseThrow();
        }
    }

    record Invalid(String name, String presented, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static KeyVectors read() {
        try (InputStream json = KeyVectors.class.getResourceAsStream("/vectors/key-vectors.json")) {
            return new ObjectMapper().readValue(json, KeyVectors.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All peppers up to a version, so that this version is the newest. */
    Peppers peppersUpTo(int version) {
        return Peppers.parse(peppers.stream()
                .filter(pepper -> pepper.version() <= version)
                .map(pepper -> pepper.version() + ":" + pepper.base64())
                .collect(Collectors.joining("\n")));
    }
}
