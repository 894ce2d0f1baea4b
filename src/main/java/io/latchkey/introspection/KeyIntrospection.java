package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.Latchkey;
import io.latchkey.events.OwnerAudit;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.RealmNames;
import io.latchkey.verify.KeyRequest;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Answers an API that asks about a key as it would about an opaque token (RFC 7662). The API has authenticated; it may say
 * with {@code ip} and {@code origin} where the key came from, without which a key restricted to such is not active.
 */
final class KeyIntrospection {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel caller;
    private final EventBuilder event;

    KeyIntrospection(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.caller = session.getContext().getClient();
        this.event = event;
    }

    Response introspect(String presented) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        KeyRequest request = KeyRequest.of(
                        presented,
                        Optional.ofNullable(form.getFirst("ip")),
                        Optional.ofNullable(form.getFirst("origin")))
                .orPublishable()
                .at(List.of(caller.getClientId()));
        Latchkey latchkey = Latchkey.of(session);
        Verification verdict = latchkey.verifier().verify(realm, request);
        if (verdict instanceof Rejected rejected) {
            latchkey.rejected(failure(), rejected, Errors.INVALID_TOKEN);
            return answer(JsonNodeFactory.instance.objectNode().put("active", false));
        }
        Accepted accepted = (Accepted) verdict;
        OwnerAudit.describe(event, Optional.of(accepted.key())).success();
        return Response.fromResponse(answer(describe(latchkey, accepted)))
                .header("Cache-Control", "no-store")
                .build();
    }

    private ObjectNode describe(Latchkey latchkey, Accepted accepted) {
        ApiKey key = accepted.key();
        ClientModel client =
                latchkey.policy(realm).client().map(realm::getClientByClientId).orElse(caller);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("active", true);
        json.put("sub", accepted.owner().getId());
        json.put("username", accepted.owner().getUsername());
        json.put("client_id", client.getClientId());
        json.put(OAuth2Constants.SCOPE, String.join(" ", latchkey.verifier().scopes(realm, accepted, client)));
        audience(json, key);
        key.endsAt().ifPresent(end -> json.put("exp", end.getEpochSecond()));
        json.put("iat", key.createdAt().getEpochSecond());
        json.put("api_key_id", key.id().value());
        return json;
    }

    private void audience(ObjectNode json, ApiKey key) {
        List<String> audiences = key.restrictions().audiences().isEmpty()
                ? List.of(caller.getClientId())
                : new RealmNames(realm).audiences(key.restrictions().audiences());
        if (audiences.size() == 1) {
            json.put("aud", audiences.get(0));
        } else {
            ArrayNode list = json.putArray("aud");
            audiences.forEach(list::add);
        }
    }

    /** An event of the kind that Keycloak keeps unless told otherwise; those of introspection it does not. */
    private EventBuilder failure() {
        return new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .client(caller)
                .detail("door", "introspection");
    }

    private static Response answer(ObjectNode json) {
        return Response.ok(json.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
