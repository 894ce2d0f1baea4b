package io.latchkey.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.Stub;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

final class RefusalEventBufferTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final RefusalEventBuffer refusals = new RefusalEventBuffer();
    private final List<Event> written = new ArrayList<>();

    @Test
    void anEventIsWrittenAsItWasWhenTheKeyWasRefused() {
        EventBuilder builder = event("first");
        refusals.add(builder, "invalid_grant", NOW);
        builder.detail("name", "changed afterwards");
        assertTrue(written.isEmpty());

        refusals.flush(written::addAll);

        Event event = written.get(0);
        assertEquals(EventType.OAUTH2_EXTENSION_GRANT_ERROR, event.getType());
        assertEquals("invalid_grant", event.getError());
        assertEquals("first", event.getDetails().get("name"));
        assertEquals(NOW.toEpochMilli(), event.getTime());
        assertEquals("realm", event.getRealmId());
        assertTrue(refusals.isEmpty());
    }

    @Test
    void manyEventsAreWrittenInBatchesAndInOrder() {
        add(250);
        List<Integer> sizes = new ArrayList<>();

        refusals.flush(batch -> {
            sizes.add(batch.size());
            written.addAll(batch);
        });

        assertEquals(List.of(100, 100, 50), sizes);
        assertEquals(names(250), names(written));
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsOutOfReach() {
        add(150);

        assertThrows(
                IllegalStateException.class,
                () -> refusals.flush(batch -> {
                    throw outOfReach();
                }));
        refusals.flush(written::addAll);

        assertEquals(150, written.size());
    }

    @Test
    void anEventThatCannotBeWrittenTakesNoOtherWithIt() {
        add(10);

        refusals.flush(batch -> {
            if (names(batch).contains("event 3")) {
                throw new IllegalArgumentException("too long");
            }
            written.addAll(batch);
        });

        assertEquals(9, written.size());
        assertFalse(names(written).contains("event 3"));
        assertTrue(refusals.isEmpty());
    }

    @Test
    void theRestIsKeptWhenTheDatabaseGoesBetweenTwoEvents() {
        add(10);

        assertThrows(
                IllegalStateException.class,
                () -> refusals.flush(batch -> {
                    if (batch.size() > 1) {
                        throw new IllegalArgumentException("too long");
                    }
                    if (names(batch).contains("event 5")) {
                        throw outOfReach();
                    }
                    written.addAll(batch);
                }));
        refusals.flush(written::addAll);

        assertEquals(names(10), names(written));
    }

    @Test
    void onlySoManyWait() {
        add(RefusalEventBuffer.CAPACITY + 10);

        refusals.flush(written::addAll);

        assertEquals(RefusalEventBuffer.CAPACITY, written.size());
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            refusals.add(event("event " + i), "invalid_grant", NOW);
        }
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "event " + i).toList();
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(event -> event.getDetails().get("name")).toList();
    }

    private static RuntimeException outOfReach() {
        return new IllegalStateException(new SQLTransientConnectionException("gone"));
    }

    private static EventBuilder event(String name) {
        RealmModel realm = Stub.of(RealmModel.class)
                .with("getId", "realm")
                .with("getName", "realm")
                .with("isEventsEnabled", false)
                .answering("getEventsListenersStream", nothing -> Stream.of())
                .make();
        KeycloakSessionFactory factory = Stub.of(KeycloakSessionFactory.class)
                .answering("getProviderFactoriesStream", nothing -> Stream.of())
                .make();
        KeycloakSession session = Stub.of(KeycloakSession.class)
                .with("getKeycloakSessionFactory", factory)
                .with("getProvider", Stub.of(EventListenerProvider.class).make())
                .make();
        return new EventBuilder(realm, session)
                .event(EventType.OAUTH2_EXTENSION_GRANT)
                .detail("name", name);
    }
}
