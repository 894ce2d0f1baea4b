package io.latchkey.rest.ui;

import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
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
        return ConsolePageScript.named(file).map(this::answer).orElseGet(() -> ProblemType.NOT_FOUND.toResponse());
    }

    private Response answer(ConsolePageScript.Content content) {
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
}
