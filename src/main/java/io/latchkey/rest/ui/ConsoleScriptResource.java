package io.latchkey.rest.ui;

import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Serves the scripts of the console pages. They are no theme files, because browsers cache those for a month and servers
 * beyond an upgrade of the jar: a page must match the release of the REST that it calls.
 */
public final class ConsoleScriptResource {

    private final RequestReader requestReader;

    public ConsoleScriptResource(KeycloakSession session) {
        this.requestReader = new RequestReader(session);
    }

    @GET
    @Path("{file}")
    public Response get(@PathParam("file") String file) {
        return Script.named(file).map(this::answer).orElseGet(() -> ProblemType.NOT_FOUND.toResponse());
    }

    private Response answer(Script.Content content) {
        Response.ResponseBuilder answer = knows(requestReader.header(HttpHeaders.IF_NONE_MATCH), content.eTag())
                ? Response.notModified()
                : Response.ok(content.script(), "text/javascript; charset=utf-8");
        return answer.header(HttpHeaders.ETAG, content.eTag())
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** Compared weakly, as RFC 9110, 13.1.2 has it: a proxy that compresses weakens the tag. */
    static boolean knows(Optional<String> ifNoneMatch, String eTag) {
        return ifNoneMatch.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals(eTag) || tag.equals("*"));
    }

    /** Loads the script of one console page from the jar. */
    enum Script {
        ACCOUNT("account.js"),
        ADMIN("admin.js");

        private static final String FOLDER = "/META-INF/latchkey/ui/";

        private final String file;
        // A jar does not change while it is open, so it is read once.
        private final Optional<Content> content;

        Script(String file) {
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
            try (InputStream stream = ConsoleScriptResource.class.getResourceAsStream(resource)) {
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
}
