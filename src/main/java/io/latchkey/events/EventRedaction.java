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
 * Takes keys out of events, Keycloak's own included: it copies parameters of requests into them, such as {@code scope} and
 * {@code username}. Keycloak's log listener writes at the end of the transaction (26.7: {@code EventListenerTransaction} keeps
 * the event itself, no copy), so that it writes what is left here, whichever listener comes first. Stored events are the business
 * of {@link io.latchkey.keycloak.StoredEventRedaction}.
 */
final class EventRedaction implements EventListenerProvider {

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
