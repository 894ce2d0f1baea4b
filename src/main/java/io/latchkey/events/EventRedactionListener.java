package io.latchkey.events;

import io.latchkey.key.KeyRedaction;
import io.latchkey.keycloak.KeycloakHook;
import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.KeycloakSession;

/**
 * Masks API keys in user and admin events of every realm before Keycloak's log listener writes them. Keycloak copies
 * request parameters such as {@code scope} and {@code username} into its events.
 *
 * <p>Keycloak's log listener writes at the end of the transaction (26.7: {@code EventListenerTransaction} keeps the event
 * itself, no copy), so it logs the redacted event, whichever listener runs first. {@link
 * io.latchkey.keycloak.StoredEventRedaction} redacts stored events.
 */
public final class EventRedactionListener
        implements EventListenerProvider,
                EventListenerProviderFactory,
                KeycloakHook,
                SimpleProviderFactory<EventListenerProvider> {

    @Override
    public void onEvent(Event event) {
        event.setRealmName(KeyRedaction.redact(event.getRealmName()));
        event.setUserId(KeyRedaction.redact(event.getUserId()));
        event.setSessionId(KeyRedaction.redact(event.getSessionId()));
        event.setClientId(KeyRedaction.redact(event.getClientId()));
        event.setIpAddress(KeyRedaction.redact(event.getIpAddress()));
        event.setError(KeyRedaction.redact(event.getError()));
        event.setDetails(redact(event.getDetails()));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        event.setRealmName(KeyRedaction.redact(event.getRealmName()));
        event.setResourceTypeAsString(KeyRedaction.redact(event.getResourceTypeAsString()));
        event.setResourcePath(KeyRedaction.redact(event.getResourcePath()));
        event.setRepresentation(KeyRedaction.redact(event.getRepresentation()));
        event.setError(KeyRedaction.redact(event.getError()));
        event.setDetails(redact(event.getDetails()));
        AuthDetails caller = event.getAuthDetails();
        if (caller != null) {
            caller.setRealmName(KeyRedaction.redact(caller.getRealmName()));
            caller.setUserId(KeyRedaction.redact(caller.getUserId()));
            caller.setClientId(KeyRedaction.redact(caller.getClientId()));
            caller.setIpAddress(KeyRedaction.redact(caller.getIpAddress()));
        }
    }

    private static Map<String, String> redact(Map<String, String> details) {
        if (details == null) {
            return null;
        }
        Map<String, String> redacted = new LinkedHashMap<>();
        details.forEach((name, value) -> redacted.put(KeyRedaction.redact(name), KeyRedaction.redact(value)));
        return redacted.equals(details) ? details : redacted;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return "latchkey-event-redaction";
    }

    @Override
    public void close() {}
}
