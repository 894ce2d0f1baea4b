package io.latchkey.keycloak;

import java.util.Optional;

/** Gives access to the headers of a request as they were sent. */
@FunctionalInterface
public interface RawRequestHeaders {

    /** The value of a header that was sent exactly once. */
    Optional<String> only(String name);
}
