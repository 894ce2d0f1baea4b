package io.latchkey.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRealmTest {

    @Test
    void thePagesShowTheSampleApiWhereItIs(@TempDir Path folder) throws Exception {
        Path written = DemoRealm.write(Path.of("docker/demo/demo-realm.json"), 8190, folder);

        assertEquals(
                "http://localhost:8190/orders",
                new ObjectMapper()
                        .readTree(written.toFile())
                        .path("attributes")
                        .path("latchkey.example-url")
                        .asText());
    }
}
