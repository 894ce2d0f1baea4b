package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.Latchkey;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.RealmNames;
import io.latchkey.rest.KeyJson;
import io.latchkey.verify.KeyRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What an API is told about a key. Why a key cannot be used, and whether it exists at all, it is not told. */
final class KeyAnswer {

    /** Client attribute: this client asks on behalf of other APIs. */
    private static final String GATEWAY = "latchkey.gateway";

    /** For how long the API may rely on the answer; a key that ends meanwhile goes on for as long. */
    private static final Duration KEEP = Duration.ofSeconds(10);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Latchkey latchkey;
    private final ClientModel caller;

    KeyAnswer(KeycloakSession session, ClientModel caller) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.latchkey = Latchkey.of(session);
        this.caller = caller;
    }

    ObjectNode to(KeyQuestion question) {
        String audience = question.audience().orElse(caller.getClientId());
        if (!mayAskFor(audience)) {
            return invalid("invalid_key");
        }
        KeyRequest request = KeyRequest.of(question.key(), question.ip(), question.origin())
                .orPublishable()
                .at(List.of(audience))
                .needing(question.scopes());
        Verification verdict = latchkey.verifier().verify(realm, question.dryRun() ? request.unrecorded() : request);
        if (verdict instanceof Rejected rejected) {
            latchkey.rejected(event(), rejected, Errors.INVALID_TOKEN);
            return invalid(rejected.reason() == Reason.SCOPE_NOT_ALLOWED ? "insufficient_scope" : "invalid_key");
        }
        return valid((Accepted) verdict, audience);
    }

    private boolean mayAskFor(String audience) {
        boolean itself = audience.equals(caller.getClientId());
        return itself
                || Boolean.parseBoolean(caller.getAttribute(GATEWAY))
                        && new RealmNames(realm).audienceId(audience).isPresent();
    }

    private static ObjectNode invalid(String code) {
        return JsonNodeFactory.instance.objectNode().put("valid", false).put("code", code);
    }

    private ObjectNode valid(Accepted accepted, String audience) {
        ApiKey key = accepted.key();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("valid", true);
        json.put("code", "valid");
        json.put("keyId", key.id().value());
        json.set("owner", new KeyJson(session, latchkey.keys(), latchkey.clock()).owner(key));
        ArrayNode scopes = json.putArray("scopes");
        ClientModel api = realm.getClientByClientId(audience);
        ClientModel client =
                latchkey.policy(realm).client().map(realm::getClientByClientId).orElse(api);
        latchkey.verifier().scopes(realm, accepted, client).forEach(scopes::add);
        json.put("expiresAt", text(key.endsAt()));
        json.putNull("credits");
        json.putNull("limits");
        Instant until = latchkey.clock().instant().plus(KEEP);
        json.put("cacheUntil", text(key.endsAt().filter(until::isAfter).or(() -> Optional.of(until))));
        return json;
    }

    private EventBuilder event() {
        return new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .client(caller)
                .detail("door", "verify");
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
