package io.latchkey.ratelimit;

import io.latchkey.key.KeyKind;
import io.latchkey.model.ApiKey;

/**
 * Identifies the key family and the owner whose calls are counted together.
 *
 * @param owner publishable keys have an owner bucket of their own, so that a visitor of a web page cannot use up the limit
 *     of the owner's secret keys
 */
record RateLimitSubject(String family, String owner) {

    static RateLimitSubject of(ApiKey key) {
        String owner = key.owner().id();
        boolean publishable = key.prefix().kind() == KeyKind.PUBLISHABLE;
        return new RateLimitSubject(key.family(), publishable ? "publishable " + owner : owner);
    }
}
