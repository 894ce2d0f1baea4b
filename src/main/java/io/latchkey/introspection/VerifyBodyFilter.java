package io.latchkey.introspection;

import io.latchkey.adapter.EarlyBody;
import io.latchkey.adapter.WaitingRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Has the questions of {@link VerifyResource} read before a thread takes them, because APIs ask one for each of their calls. */
@Provider
@PreMatching
public final class VerifyBodyFilter implements ContainerRequestFilter {

    private static final String PATH = "/api-keys/verify";

    @Override
    public void filter(ContainerRequestContext request) {
        if (HttpMethod.POST.equals(request.getMethod())
                && new WaitingRequest((ResteasyReactiveContainerRequestContext) request)
                        .sentPath()
                        .endsWith(PATH)) {
            EarlyBody.read(request);
        }
    }
}
