package io.latchkey.ratelimit;

import io.latchkey.key.KeyKind;
import io.latchkey.model.ApiKey;

/**
 * Whose calls are counted together.
 *
 * @param owner of publishable keys apart: whoever reads one in a page must not be able to use up its owner's secret ones
 */
record RateLimitSubject(String family, String owner) {

    static RateLimitSubject of(ApiKey key) {
        String owner = key.owner().id();
        boolean publishable = key.prefix().kind() == KeyKind.PUBLISHABLE;
        return new RateLimitSubject(key.family(), publishable ? "publishable " + owner : owner);
    }
}
