package io.latchkey.events;

import io.latchkey.key.KeyText;
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
 * Removes keys from events of all realms before listeners see them, Keycloak's own events included: Keycloak copies
 * request parameters such as {@code scope} and {@code username} into them.
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
        event.setRealmName(KeyText.redact(event.getRealmName()));
        event.setUserId(KeyText.redact(event.getUserId()));
        event.setSessionId(KeyText.redact(event.getSessionId()));
        event.setClientId(KeyText.redact(event.getClientId()));
        event.setIpAddress(KeyText.redact(event.getIpAddress()));
        event.setError(KeyText.redact(event.getError()));
        event.setDetails(redact(event.getDetails()));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        event.setRealmName(KeyText.redact(event.getRealmName()));
        event.setResourceTypeAsString(KeyText.redact(event.getResourceTypeAsString()));
        event.setResourcePath(KeyText.redact(event.getResourcePath()));
        event.setRepresentation(KeyText.redact(event.getRepresentation()));
        event.setError(KeyText.redact(event.getError()));
        event.setDetails(redact(event.getDetails()));
        AuthDetails caller = event.getAuthDetails();
        if (caller != null) {
            caller.setRealmName(KeyText.redact(caller.getRealmName()));
            caller.setUserId(KeyText.redact(caller.getUserId()));
            caller.setClientId(KeyText.redact(caller.getClientId()));
            caller.setIpAddress(KeyText.redact(caller.getIpAddress()));
        }
    }

    private static Map<String, String> redact(Map<String, String> details) {
        if (details == null) {
            return null;
        }
        Map<String, String> redacted = new LinkedHashMap<>();
        details.forEach((name, value) -> redacted.put(KeyText.redact(name), KeyText.redact(value)));
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
