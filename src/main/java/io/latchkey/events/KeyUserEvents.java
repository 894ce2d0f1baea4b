package io.latchkey.events;

import io.latchkey.keycloak.CallerConnection;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Revocation;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Writes Keycloak user events about keys: of every change, and of uses at endpoints for which Keycloak itself writes none.
 * Keycloak's event types are a closed list, hence the types for credentials and for the extension grant.
 */
public final class KeyUserEvents implements KeyChangeListener {

    /** Value of the event detail {@code credential_type}, and credential type of key families. */
    public static final String CREDENTIAL_TYPE = "api-key";

    /** Event detail that names the change; no event of Keycloak itself has it. */
    public static final String ACTION = "action";

    /** Event detail that names the endpoint of a use; no event of Keycloak itself has it. */
    public static final String ENDPOINT = "endpoint";

    private final Supplier<EventBuilder> events;

    /** @param events creates an event of the realm per call */
    public KeyUserEvents(Supplier<EventBuilder> events) {
        this.events = events;
    }

    /** For changes by the caller of the session's request. */
    public static KeyUserEvents of(KeycloakSession session, RealmModel realm) {
        return of(session, realm, CallerConnection.of(session));
    }

    /** Creates the event of a use, in the realm and with the address of the session's request. */
    public static EventBuilder ofUse(String endpoint, KeycloakSession session) {
        return new EventBuilder(session.getContext().getRealm(), session, CallerConnection.of(session))
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .detail(ENDPOINT, endpoint);
    }

    /** @param connection of the caller, if the session is not the request's */
    public static KeyUserEvents of(KeycloakSession session, RealmModel realm, ClientConnection connection) {
        return new KeyUserEvents(() -> new EventBuilder(realm, session, connection));
    }

    @Override
    public void created(ApiKey key) {
        event(EventType.UPDATE_CREDENTIAL, key, "create").success();
    }

    @Override
    public void changed(ApiKey before, ApiKey after) {
        String action = before.enabled() == after.enabled() ? "update" : after.enabled() ? "enable" : "disable";
        event(EventType.UPDATE_CREDENTIAL, after, action).success();
    }

    @Override
    public void rotated(ApiKey old, ApiKey successor) {
        event(EventType.UPDATE_CREDENTIAL, old, "rotate")
                .detail("replaced_by", successor.id().value())
                .success();
    }

    @Override
    public void revoked(ApiKey key, Revocation.Reason reason) {
        event(EventType.REMOVE_CREDENTIAL, key, "revoke")
                .detail(Details.REASON, reason.name().toLowerCase(Locale.ROOT))
                .success();
    }

    private EventBuilder event(EventType type, ApiKey key, String action) {
        return describe(events.get().event(type), Optional.of(key)).detail(ACTION, action);
    }

    /** Adds owner, id and name of a key. Nothing else of a key may be in an event. */
    public static EventBuilder describe(EventBuilder event, Optional<ApiKey> key) {
        event.detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE);
        key.ifPresent(known -> event.user(known.owner().id())
                .detail(Details.CREDENTIAL_ID, known.id().value())
                .detail(Details.CREDENTIAL_USER_LABEL, known.name()));
        return event;
    }
}
