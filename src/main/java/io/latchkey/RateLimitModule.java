package io.latchkey;

import io.latchkey.keycloak.ClusterMessages;
import io.latchkey.ratelimit.RateLimitReplication;
import io.latchkey.ratelimit.RateLimiter;
import org.keycloak.models.KeycloakSession;

/** Limits the rate of accepted uses on this node, and replicates consumption to the other nodes. */
final class RateLimitModule implements NodeModule {

    private final RateLimiter limiter = new RateLimiter();
    private RateLimitReplication replication;

    @Override
    public void start(KeycloakSession session) {
        ClusterMessages nodes = new ClusterMessages(session, "latchkey-rates", limiter::receive);
        replication = RateLimitReplication.start(limiter, nodes::hasOthers, nodes::send);
    }

    @Override
    public void stop() {
        if (replication != null) {
            replication.close();
        }
    }

    RateLimiter limiter() {
        return limiter;
    }
}
