package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargeResult;
import io.latchkey.model.ApiKey;
import io.latchkey.rest.CreditsJson;
import io.latchkey.rest.OwnerJson;
import io.latchkey.verify.Verification.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Writes verify results as JSON. */
final class VerifyResultJson {

    /** The longest that callers may cache a result: as long as a revocation may take to reach every node. */
    static final Duration MAX_CACHE_AGE = Duration.ofSeconds(10);

    private final KeycloakSession session;
    private final ApiKeysProvider apiKeysProvider;
    private final EffectiveScopes scopes;
    private final ClientModel client;

    VerifyResultJson(KeycloakSession session, ClientModel caller) {
        this.session = session;
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.scopes = new EffectiveScopes(apiKeysProvider, session.getContext().getRealm());
        this.client = scopes.client(caller);
    }

    ObjectNode write(VerifyResult verifyResult) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("valid", verifyResult.code() == VerifyResult.Code.VALID);
        json.put("code", verifyResult.code().text());
        verifyResult.key().ifPresent(accepted -> describe(json, accepted, verifyResult.charge()));
        if (!verifyResult.delay().isUnlimited()) {
            json.putRawValue("limits", raw(limits -> RateLimitStatusJson.write(limits, verifyResult.delay())));
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
        json.putRawValue("credits", raw(credits -> CreditsJson.write(credits, charge)));
        json.putRawValue("limits", raw(limits -> RateLimitStatusJson.write(limits, accepted.rateLimits())));
        json.put("cacheUntil", cacheUntil(accepted, charge).toString());
    }

    private static RawValue raw(Consumer<StringBuilder> writing) {
        StringBuilder text = new StringBuilder();
        writing.accept(text);
        return new RawValue(text.toString());
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
