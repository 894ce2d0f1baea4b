package io.latchkey.demo;

import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The realm of the demo, which names the address of the sample API for the pages to show. */
final class DemoRealm {

    private static final String USUAL = "http://localhost:8090/";

    private DemoRealm() {}

    /** Writes the realm for a sample API on this port into that folder. */
    static Path write(Path realm, int apiPort, Path folder) {
        try {
            String json = Files.readString(realm).replace(USUAL, "http://localhost:" + apiPort + "/");
            return Files.writeString(folder.resolve(realm.getFileName()), json);
        } catch (IOException e) {
            throw new ServerFailure("Could not write " + realm.getFileName() + " to " + folder + ": " + e);
        }
    }
}
