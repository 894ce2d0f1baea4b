package io.latchkey.keycloak;

import io.quarkus.runtime.BlockingOperationControl;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Gives access to a request on the event loop, before a resource is matched. */
public final class PreMatchingRequest {

    /** What headers are written from at once. Few: all are named by ours. */
    private static final Map<String, CharSequence> NAMES = new ConcurrentHashMap<>();

    private static final Pattern OURS = Pattern.compile("/?(admin/)?realms/[^/]+/api-keys(/.*)?");

    private final ContainerRequestContext context;
    private final ResteasyReactiveRequestContext request;

    public PreMatchingRequest(ContainerRequestContext context) {
        this.context = context;
        this.request = (ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) context).getServerRequestContext();
    }

    /** Whether its method and the end of its path, as it was sent, are these. */
    public boolean isFor(String method, String pathEnd) {
        return method.equals(request.getMethod()) && sentPath().endsWith(pathEnd);
    }

    /** Whether a path, as JAX-RS gives it, is one of Latchkey's endpoints. */
    public static boolean isForLatchkey(String path) {
        return path.contains("/api-keys") && OURS.matcher(path).matches();
    }

    /** Whether a thread serves the request that may wait; the event loop has no session. */
    public static boolean isServed() {
        return BlockingOperationControl.isBlockingAllowed();
    }

    /** Whether a header was sent, without making a map of all of them. */
    public boolean carries(String header) {
        return request.serverRequest().containsRequestHeader(header);
    }

    /** Whether its body is a form, in which a client may prove who it is. */
    public boolean sendsForm() {
        List<String> types = lines(HttpHeaders.CONTENT_TYPE.toString());
        if (types.size() == 1 && MediaType.APPLICATION_JSON.equals(types.get(0))) {
            return false;
        }
        return String.join(",", types).toLowerCase(Locale.ROOT).contains(MediaType.APPLICATION_FORM_URLENCODED);
    }

    /** Path as it was sent, without anything decoded that matters. */
    public String sentPath() {
        return request.getPath();
    }

    /** The first line of a header, or null, without making a map of all of them. */
    public String first(String header) {
        return request.serverRequest().getRequestHeader(header);
    }

    /** Every line of a header, without making a map of all of them. */
    public List<String> lines(String header) {
        return request.serverRequest().getAllRequestHeaders(header);
    }

    private Optional<String> only(String header) {
        List<String> sent = request.serverRequest().getAllRequestHeaders(header);
        return sent.size() == 1 ? Optional.of(sent.get(0)) : Optional.empty();
    }

    /** Adds to what will be answered. */
    private void say(String header, String value) {
        request.serverResponse().addResponseHeader(NAMES.computeIfAbsent(header, HttpHeaders::createOptimized), value);
    }

    /** All values of a header, as one text. */
    private String all(String header) {
        return String.join("\n", request.serverRequest().getAllRequestHeaders(header));
    }

    /** The body, if {@link EventLoopBody} has read all of it. */
    public Optional<byte[]> body() {
        if (!(request.getInputStream() instanceof ByteArrayInputStream early)) {
            return Optional.empty();
        }
        byte[] body = early.readAllBytes();
        request.setInputStream(new ByteArrayInputStream(body));
        return Optional.of(body);
    }

    /**
     * Answers the request as one like it was answered before; otherwise leaves an {@link PendingCacheEntry}.
     *
     * @param headers all that the answer depends on, besides where the request was sent to and who has sent it
     */
    public void serveFrom(ResponseCache answers, List<String> headers, byte[] body) {
        String uri = request.getAbsoluteURI();
        Optional<String> sender = new TrustedClientConnection(request.unwrap(HttpServerRequest.class))
                .caller()
                .literal();
        if (uri == null || sender.isEmpty()) {
            // Without a Host, or from behind a proxy that does not say for whom.
            return;
        }
        List<byte[]> parts = new ArrayList<>(List.of(bytes(request.getMethod()), bytes(uri), bytes(sender.get())));
        headers.forEach(header -> parts.add(bytes(all(header))));
        parts.add(body);
        ResponseCacheKey hash = ResponseCacheKey.of(parts);
        answers.find(hash, this::only, this::say)
                .ifPresentOrElse(
                        this::answer,
                        () -> context.setProperty(PendingCacheEntry.PROPERTY, new PendingCacheEntry(answers, hash)));
    }

    private void answer(ResponseCache.CachedResponse cached) {
        cached.path().tell(request);
        context.abortWith(cached.answer());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
