package io.latchkey.rest.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Loads the script of one console page from the jar. */
enum ConsolePageScript {
    ACCOUNT("account.js"),
    ADMIN("admin.js");

    private static final String FOLDER = "/META-INF/latchkey/ui/";

    private final String file;
    // A jar does not change while it is open, so it is read once.
    private final Optional<Content> content;

    ConsolePageScript(String file) {
        this.file = file;
        this.content = read(FOLDER + file);
    }

    /** Empty for any other file, and where the jar was built without pages. */
    static Optional<Content> named(String file) {
        return Arrays.stream(values())
                .filter(module -> module.file.equals(file))
                .findFirst()
                .flatMap(module -> module.content);
    }

    private static Optional<Content> read(String resource) {
        try (InputStream stream = ConsolePageScript.class.getResourceAsStream(resource)) {
            return stream == null ? Optional.empty() : Optional.of(Content.of(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** @param eTag changes when the script does; quotes included */
    record Content(byte[] script, String eTag) {

        static Content of(byte[] script) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(script);
                return new Content(script, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }
    }
}
