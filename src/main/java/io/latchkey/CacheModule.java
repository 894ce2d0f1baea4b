package io.latchkey;

import io.latchkey.cache.ResponseCache;
import io.latchkey.keycloak.OwnerCache;
import io.latchkey.model.jpa.JpaApiKeyStore;
import io.latchkey.verify.CachedKeyLookup;
import io.latchkey.verify.KeyOwnerIndex;
import java.time.Clock;
import org.keycloak.models.KeycloakSession;

/** Holds the caches of this node: owners of keys, keys and responses. */
final class CacheModule {

    private final ServerOptions options;
    private final Clock clock;
    private final KeyOwnerIndex index;
    private final ResponseCache responses;

    CacheModule(ServerOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.index = new KeyOwnerIndex(options.cacheMaxAge(), clock);
        this.responses = new ResponseCache(clock, options.responseCacheTtl());
    }

    ResponseCache responses() {
        return responses;
    }

    OwnerCache owners(KeycloakSession session) {
        return new OwnerCache(session, clock, options.cacheMaxAge());
    }

    CachedKeyLookup keys(KeycloakSession session) {
        return new CachedKeyLookup(() -> new JpaApiKeyStore(session), index, owners(session));
    }
}
