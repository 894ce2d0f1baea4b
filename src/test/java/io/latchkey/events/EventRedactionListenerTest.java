package io.latchkey.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.key.KeyRedaction;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;

/** Covers every text of an event but the ids that Keycloak generates, also those that a later Keycloak adds. */
class EventRedactionListenerTest {

    private static final Set<String> GENERATED = Set.of("setId", "setRealmId");
    private static final String KEY = "kc_sk_" + "a".repeat(50);
    private static final String REDACTED = KeyRedaction.redact(KEY);

    @Test
    void everyTextOfAnEventLosesItsKey() throws ReflectiveOperationException {
        Event event = new Event();
        fill(event);
        event.setDetails(Map.of("code " + KEY, "a." + KEY + ".c"));

        new EventRedactionListener().onEvent(event);

        assertRedacted(event);
        assertRedacted(event.getDetails());
    }

    @Test
    void everyTextOfAnAdminEventLosesItsKey() throws ReflectiveOperationException {
        AdminEvent event = new AdminEvent();
        fill(event);
        event.setDetails(Map.of("code " + KEY, "a." + KEY + ".c"));
        event.setAuthDetails(new AuthDetails());
        fill(event.getAuthDetails());

        new EventRedactionListener().onEvent(event, true);

        assertRedacted(event);
        assertRedacted(event.getDetails());
        assertRedacted(event.getAuthDetails());
    }

    @Test
    void eventWithoutTextsStaysAsItIs() {
        Event event = new Event();
        AdminEvent adminEvent = new AdminEvent();

        new EventRedactionListener().onEvent(event);
        new EventRedactionListener().onEvent(adminEvent, false);

        assertEquals(null, event.getSessionId());
        assertEquals(null, adminEvent.getAuthDetails());
    }

    private static void fill(Object event) throws ReflectiveOperationException {
        for (Method setter : setters(event)) {
            setter.invoke(event, "a." + KEY + ".c");
        }
    }

    private static void assertRedacted(Object event) throws ReflectiveOperationException {
        for (Method setter : setters(event)) {
            String getter = setter.getName().replaceFirst("set", "get");
            Object text = event.getClass().getMethod(getter).invoke(event);
            assertEquals("a." + REDACTED + ".c", text, getter);
        }
    }

    private static void assertRedacted(Map<String, String> details) {
        assertEquals(Map.of("code " + REDACTED, "a." + REDACTED + ".c"), details);
    }

    private static List<Method> setters(Object event) {
        return Arrays.stream(event.getClass().getMethods())
                .filter(method -> method.getName().startsWith("set") && !GENERATED.contains(method.getName()))
                .filter(method -> List.of(method.getParameterTypes()).equals(List.of(String.class)))
                .toList();
    }
}
