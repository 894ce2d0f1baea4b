package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargeResult;
import io.latchkey.model.ApiKey;
import io.latchkey.ratelimit.RateLimitStatus;
import io.latchkey.rest.ChargeJson;
import io.latchkey.rest.OwnerJson;
import io.latchkey.verify.Verification.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Writes verify results as JSON. */
final class VerifyResultJson {

    /** The longest that callers may cache a result: as long as a revocation may take to reach every node. */
    static final Duration MAX_CACHE_AGE = Duration.ofSeconds(10);

    private final KeycloakSession session;
    private final ApiKeysProvider apiKeysProvider;
    private final EffectiveScopesResolver scopes;
    private final ClientModel client;

    VerifyResultJson(KeycloakSession session, ClientModel caller) {
        this.session = session;
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.scopes = new EffectiveScopesResolver(
                apiKeysProvider, session.getContext().getRealm());
        this.client = scopes.client(caller);
    }

    ObjectNode write(VerifyResult verifyResult) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("valid", verifyResult.code() == VerifyResult.Code.VALID);
        json.put("code", verifyResult.code().text());
        verifyResult.key().ifPresent(accepted -> describe(json, accepted, verifyResult.charge()));
        if (!verifyResult.delay().isUnlimited()) {
            json.set("limits", RateLimitStatusJson.of(verifyResult.delay()));
        }
        return json;
    }

    private void describe(ObjectNode json, Accepted accepted, Optional<ChargeResult> charge) {
        ApiKey key = accepted.key();
        json.put("keyId", key.id().value());
        json.set("owner", OwnerJson.of(session, key));
        ArrayNode carried = json.putArray("scopes");
        scopes.of(accepted, client).forEach(carried::add);
        json.put("expiresAt", key.endsAt().map(Instant::toString).orElse(null));
        putUse(json, charge, accepted.rateLimits(), cacheUntil(accepted, charge));
    }

    /** Puts the members that differ from one use of a key to the next. */
    static void putUse(ObjectNode json, Optional<ChargeResult> charge, RateLimitStatus rateLimits, Instant cacheUntil) {
        json.set("credits", ChargeJson.of(charge));
        json.set("limits", RateLimitStatusJson.of(rateLimits));
        json.put("cacheUntil", cacheUntil.toString());
    }

    private Instant cacheUntil(Accepted accepted, Optional<ChargeResult> charge) {
        Instant now = apiKeysProvider.clock().instant();
        if (charge.isPresent()) {
            // Each call must be charged.
            return now;
        }
        Instant limit = cacheUntil(accepted.key(), now);
        if (accepted.rateLimits().isUnlimited()) {
            return limit;
        }
        // Each call must be counted, except those that would be refused anyway.
        Instant counted = now.plus(accepted.rateLimits().retryAfter());
        return limit.isBefore(counted) ? limit : counted;
    }

    static Instant cacheUntil(ApiKey key, Instant now) {
        Instant limit = now.plus(MAX_CACHE_AGE);
        return key.endsAt().filter(limit::isAfter).orElse(limit);
    }
}
