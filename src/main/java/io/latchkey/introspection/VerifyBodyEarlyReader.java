package io.latchkey.introspection;

import io.latchkey.keycloak.PreMatchingRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Reads the bodies of verify requests on the event loop, which saves the wait for the body on a worker thread. */
@Provider
@PreMatching
@Priority(Priorities.USER)
public final class VerifyBodyEarlyReader implements ContainerRequestFilter {

    static final String PATH = "/api-keys/verify";
    private static final String BATCH = PATH + "/batch";

    @Override
    public void filter(ContainerRequestContext request) {
        PreMatchingRequest preMatching = new PreMatchingRequest(request);
        if (preMatching.isFor(HttpMethod.POST, PATH) || preMatching.isFor(HttpMethod.POST, BATCH)) {
            preMatching.readBody();
        }
    }
}
