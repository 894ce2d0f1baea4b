package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.ProblemType;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.CurrentRequest;
import io.latchkey.model.AddressRange;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.rest.KeyResponses;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Purpose;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Introspects a key as an opaque access token (RFC 7662). It makes no token. */
final class KeyIntrospection {

    private static final String ENDPOINT = "introspection";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel caller;
    private final ApiKeysProvider apiKeysProvider;

    KeyIntrospection(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.caller = session.getContext().getClient();
        this.apiKeysProvider = ApiKeysProvider.of(session);
    }

    Response introspect(String presented, EventBuilder event) {
        if (!HookStatus.of(session).isComplete()) {
            return ProblemType.HOOK_MISSING.toResponse();
        }
        CallerConnection.of(session).describe(event);
        KeyUseRequest request = request(session, presented)
                .orPublishable()
                .at(List.of(caller.getClientId()))
                // RFC 7662 has no response for "not now", and callers may cache "active: false".
                .as(Purpose.INTROSPECT);
        Verification verification = apiKeysProvider.verifier().verify(realm, request);
        if (verification instanceof Rejected rejected) {
            event.event(EventType.OAUTH2_EXTENSION_GRANT).detail(KeyUserEvents.ENDPOINT, ENDPOINT);
            apiKeysProvider.rejectedUses().record(event, request, rejected, Errors.INVALID_TOKEN);
            return KeyResponses.ok(JsonNodeFactory.instance.objectNode().put("active", false));
        }
        Accepted accepted = (Accepted) verification;
        KeyUserEvents.describe(event, Optional.of(accepted.key()))
                .detail(Details.USERNAME, accepted.owner().getUsername())
                .success();
        return KeyResponses.ok(describe(accepted));
    }

    private ObjectNode describe(Accepted accepted) {
        ApiKey key = accepted.key();
        EffectiveScopesResolver effectiveScopesResolver = new EffectiveScopesResolver(apiKeysProvider, realm);
        ClientModel client = effectiveScopesResolver.client(caller);
        List<String> scopes = effectiveScopesResolver.of(accepted, client);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("active", true);
        json.put("iss", CurrentRequest.issuer(session));
        json.put("sub", accepted.owner().getId());
        json.put("username", accepted.owner().getUsername());
        json.put("client_id", client.getClientId());
        ArrayNode audience = json.putArray("aud");
        audiences(key).forEach(audience::add);
        if (!scopes.isEmpty()) {
            json.put("scope", String.join(" ", scopes));
        }
        json.put("iat", key.createdAt().getEpochSecond());
        key.endsAt().ifPresent(end -> json.put("exp", end.getEpochSecond()));
        json.put("api_key_id", key.id().value());
        return json;
    }

    private List<String> audiences(ApiKey key) {
        List<String> ids = key.restrictions().audiences();
        return ids.isEmpty() ? List.of(caller.getClientId()) : new ScopeAndClientResolver(realm).audiences(ids);
    }

    /** A use from the address and origin that the API sends: only the API knows its caller. */
    static KeyUseRequest request(KeycloakSession session, String presented) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        return KeyUseRequest.of(
                presented,
                Optional.ofNullable(form.getFirst("ip")).flatMap(AddressRange::single),
                Optional.ofNullable(form.getFirst("origin")));
    }
}
