package io.latchkey.keycloak;

import io.quarkus.runtime.BlockingOperationControl;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Gives access to a request on the event loop, before a resource is matched. */
public final class PreMatchingRequest {

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
        return String.join(",", lines(HttpHeaders.CONTENT_TYPE))
                .toLowerCase(Locale.ROOT)
                .contains(MediaType.APPLICATION_FORM_URLENCODED);
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

    /** The value of a header that was sent exactly once. */
    public Optional<String> only(String header) {
        List<String> sent = lines(header);
        return sent.size() == 1 ? Optional.of(sent.get(0)) : Optional.empty();
    }

    public String method() {
        return request.getMethod();
    }

    /** The absolute URL; empty without a Host. */
    public Optional<String> uri() {
        return Optional.ofNullable(request.getAbsoluteURI());
    }

    /** The address of the caller; empty behind a proxy that does not name it. */
    public Optional<String> sender() {
        return new TrustedClientConnection(request.unwrap(HttpServerRequest.class))
                .caller()
                .literal();
    }

    public void setProperty(String name, Object value) {
        context.setProperty(name, value);
    }

    /** A property of the request that this thread serves. */
    public static Optional<Object> currentProperty(String name) {
        return Optional.ofNullable(CurrentRequestManager.get())
                .map(current -> ((ResteasyReactiveRequestContext) current).getProperty(name));
    }

    /** Ends the request with this response, under the path label of an earlier one in Keycloak's metrics. */
    public void respond(Response response, MetricsUriTag metricsUriTag) {
        metricsUriTag.set(request);
        context.abortWith(response);
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
}
