package io.latchkey.keycloak;

import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.InputHandler;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.KeycloakApplication;

/**
 * Gives access to a request on the event loop, before a resource is matched. Reads single headers, without a map of all of
 * them.
 */
public final class PreMatchingRequest {

    private static final Pattern LATCHKEY = Pattern.compile("/?(admin/)?realms/[^/]+/api-keys(/.*)?");

    /** Longer bodies are read by the worker thread as usual. */
    private static final int MAX_EARLY_BYTES = 16 * 1024;

    private static final InputHandler BODY_READER =
            new InputHandler(MAX_EARLY_BYTES, Infrastructure::getDefaultWorkerPool);

    private final ContainerRequestContext context;
    private final ResteasyReactiveRequestContext request;

    public PreMatchingRequest(ContainerRequestContext context) {
        this.context = context;
        this.request = (ResteasyReactiveRequestContext)
                ((ResteasyReactiveContainerRequestContext) context).getServerRequestContext();
    }

    /** Whether the method and the end of the path match. */
    public boolean isFor(String method, String pathEnd) {
        return method.equals(request.getMethod()) && sentPath().endsWith(pathEnd);
    }

    /** Whether a path, as JAX-RS gives it, is one of Latchkey's endpoints. */
    public static boolean isForLatchkey(String path) {
        return path.contains("/api-keys") && LATCHKEY.matcher(path).matches();
    }

    /** Whether the current thread may block and so has a session; the event loop has none. */
    public static boolean isOnWorkerThread() {
        return BlockingOperationControl.isBlockingAllowed();
    }

    /** The server's session factory. */
    public static KeycloakSessionFactory sessionFactory() {
        return KeycloakApplication.getSessionFactory();
    }

    public boolean hasHeader(String header) {
        return request.serverRequest().containsRequestHeader(header);
    }

    /** Whether the body is a form, which may contain the credentials of the client. */
    public boolean sendsForm() {
        return String.join(",", headers(HttpHeaders.CONTENT_TYPE))
                .toLowerCase(Locale.ROOT)
                .contains(MediaType.APPLICATION_FORM_URLENCODED);
    }

    /** The path as it was sent, not decoded. */
    public String sentPath() {
        return request.getPath();
    }

    /** The first value of a header, or null. */
    public String firstHeader(String header) {
        return request.serverRequest().getRequestHeader(header);
    }

    public List<String> headers(String header) {
        return request.serverRequest().getAllRequestHeaders(header);
    }

    /** The value of a header that was sent exactly once. */
    public Optional<String> onlyHeader(String header) {
        List<String> sent = headers(header);
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
        return new CallerConnection(request.unwrap(HttpServerRequest.class))
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

    /**
     * Suspends the request until its body has been read on the event loop. Most bodies arrive together with their headers. In
     * RESTEasy Reactive of Keycloak 26.7, a blocking method reads its body on the worker thread, and that wait costs as much as the
     * verification of a key.
     */
    public void readBody() {
        try {
            BODY_READER.handle(request);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (Exception unexpected) {
            throw new IllegalStateException("A body could not be read", unexpected);
        }
    }

    /** The body, if {@link #readBody} has read all of it. */
    public Optional<byte[]> body() {
        if (!(request.getInputStream() instanceof ByteArrayInputStream early)) {
            return Optional.empty();
        }
        byte[] body = early.readAllBytes();
        request.setInputStream(new ByteArrayInputStream(body));
        return Optional.of(body);
    }
}
