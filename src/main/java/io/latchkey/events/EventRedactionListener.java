package io.latchkey.events;

import io.latchkey.key.KeyText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;

/**
 * Removes keys from events before listeners see them, Keycloak's own events included: Keycloak copies request parameters
 * such as {@code scope} and {@code username} into them.
 *
 * <p>Keycloak's log listener writes at the end of the transaction (26.7: {@code EventListenerTransaction} keeps the event
 * itself, no copy), so it logs the redacted event, whichever listener runs first. {@link
 * io.latchkey.keycloak.StoredEventRedaction} redacts stored events.
 */
final class EventRedactionListener implements EventListenerProvider {

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
        redact(event.getAuthDetails());
        event.setResourceTypeAsString(KeyText.redact(event.getResourceTypeAsString()));
        event.setResourcePath(KeyText.redact(event.getResourcePath()));
        event.setRepresentation(KeyText.redact(event.getRepresentation()));
        event.setError(KeyText.redact(event.getError()));
        event.setDetails(redact(event.getDetails()));
    }

    private static void redact(AuthDetails details) {
        if (details != null) {
            details.setRealmName(KeyText.redact(details.getRealmName()));
            details.setUserId(KeyText.redact(details.getUserId()));
            details.setClientId(KeyText.redact(details.getClientId()));
            details.setIpAddress(KeyText.redact(details.getIpAddress()));
        }
    }

    private static Map<String, String> redact(Map<String, String> details) {
        if (details == null
                || Stream.concat(details.keySet().stream(), details.values().stream())
                        .noneMatch(KeyText::isIn)) {
            return details;
        }
        Map<String, String> redacted = new LinkedHashMap<>();
        details.forEach((name, value) -> redacted.put(KeyText.redact(name), KeyText.redact(value)));
        return redacted;
    }

    @Override
    public void close() {}
}
