package io.latchkey.ratelimit;

import java.util.Locale;

/** Lists what a rate limit counts by: key or owner. */
public enum LimitScope {
    /** Those with one key and the keys it replaces, so that replacing a key is no way around its limit. */
    KEY,
    /** Those with all secret keys of an owner, or with all publishable ones. */
    OWNER,
    /** Wrong keys from one address, whoever they would belong to. */
    ADDRESS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** As answers call it. */
    public String label() {
        return label;
    }
}
