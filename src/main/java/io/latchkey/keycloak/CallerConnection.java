package io.latchkey.keycloak;

import io.latchkey.model.CallerAndLastHop;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/**
 * Determines the address of a caller, from forwarded headers only if a trusted proxy sent them. Works on worker threads
 * and on the event loop. No other class reads an address. Events and sessions use this connection in place of
 * Keycloak's own.
 */
public final class CallerConnection implements ClientConnection {

    private static final String ATTRIBUTE = "latchkey.caller";

    private final CallerAndLastHop caller;

    CallerConnection(HttpServerRequest request) {
        this(address(request));
    }

    CallerConnection(CallerAndLastHop caller) {
        this.caller = caller;
    }

    /** The connection of the request that this thread serves in the session; determined once per session. */
    public static CallerConnection of(KeycloakSession session) {
        if (session.getContext().getConnection() instanceof CallerConnection known) {
            return known;
        }
        CallerConnection found = session.getAttribute(ATTRIBUTE, CallerConnection.class);
        if (found == null) {
            found = Optional.ofNullable(CurrentRequestManager.get())
                    .map(request -> ((ResteasyReactiveRequestContext) request).unwrap(HttpServerRequest.class))
                    .map(CallerConnection::new)
                    // Work without a request has no caller.
                    .orElseGet(() -> new CallerConnection(CallerAndLastHop.unknown()));
            session.setAttribute(ATTRIBUTE, found);
        }
        return found;
    }

    public CallerAndLastHop caller() {
        return caller;
    }

    /** Sets the address of an event that Keycloak created with its own connection. */
    public EventBuilder describe(EventBuilder event) {
        return event.ipAddress(getRemoteAddr());
    }

    private static CallerAndLastHop address(HttpServerRequest request) {
        TrustedProxies proxies = TrustedProxies.ofServer();
        // The connection's address comes from PROXY protocol, the request's from a header
        // (26.7: ForwardedServerRequestWrapper.remoteAddress).
        Optional<String> peer = Optional.ofNullable(request.connection().remoteAddress())
                .flatMap(address -> Optional.ofNullable(address.hostAddress()));
        List<String> lines = proxies.headerName().map(request.headers()::getAll).orElse(List.of());
        return proxies.caller(peer, lines);
    }

    /** The last known hop, for events and sessions; null if it is unknown. */
    @Override
    public String getRemoteAddr() {
        return caller.lastHop().orElse(null);
    }

    @Override
    public String getRemoteHost() {
        return getRemoteAddr();
    }
}
