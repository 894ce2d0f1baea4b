package io.latchkey.introspection;

import io.latchkey.adapter.ArrivingRequest;
import io.latchkey.adapter.EarlyBody;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Has the questions of {@link VerifyResource} read before a thread takes them, because APIs ask one for each of their calls. */
@Provider
@PreMatching
@Priority(Priorities.USER)
public final class VerifyBodyFilter implements ContainerRequestFilter {

    static final String PATH = "/api-keys/verify";

    @Override
    public void filter(ContainerRequestContext request) {
        if (new ArrivingRequest(request).isFor(HttpMethod.POST, PATH)) {
            EarlyBody.read(request);
        }
    }
}
