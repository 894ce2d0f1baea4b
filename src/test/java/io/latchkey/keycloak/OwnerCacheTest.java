package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.fakes.CachedRealms;
import io.latchkey.fakes.MovingClock;
import io.latchkey.fakes.Stub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmProvider;

class OwnerCacheTest {

    private static final int MOST = 256;

    private final ConcurrentMap<Object, Object> place = new ConcurrentHashMap<>();
    private final List<Object> foundOut = new ArrayList<>();

    @Test
    void whatIsDerivedIsFoundOutOnce() {
        assertEquals("answer to 1", derive(7, 1));
        assertEquals("answer to 1", derive(7, 1));

        assertEquals(List.of(1), foundOut);
    }

    @Test
    void questionsAreToldApart() {
        assertEquals("answer to 1", derive(7, 1));
        assertEquals("answer to 2", derive(7, 2));
        assertEquals("answer to 1", derive(7, 1));

        assertEquals(List.of(1, 2), foundOut);
    }

    @Test
    void anyChangeOfRealmsHasItFoundOutAgain() {
        derive(7, 1);
        derive(8, 1);
        derive(8, 1);

        assertEquals(List.of(1, 1), foundOut);
    }

    @Test
    void aSessionThatBeganBeforeAChangeDoesNotBelieveALaterOne() {
        derive(8, 1);
        derive(7, 1);

        assertEquals(List.of(1, 1), foundOut);
    }

    @Test
    void onlySoManyAnswersAreRemembered() {
        for (int question = 0; question < 10 * MOST + 1; question++) {
            derive(7, question);
            assertTrue(remembered() <= MOST, () -> "remembered: " + remembered());
        }
        foundOut.clear();

        derive(7, 10 * MOST);
        assertEquals(List.of(), foundOut);
    }

    @Test
    void asManyAsAreAllowedAreRemembered() {
        IntStream.range(0, MOST).forEach(question -> derive(7, question));
        foundOut.clear();

        IntStream.range(0, MOST).forEach(question -> derive(7, question));
        assertEquals(List.of(), foundOut);
    }

    @Test
    void nothingIsRememberedWithoutAPlaceForIt() {
        OwnerCache ownerCache = ownerCache(CachedRealms.at(7));
        for (int i = 0; i < 2; i++) {
            ownerCache.computeIfAbsent(Optional.empty(), 1, () -> foundOut.add(1));
        }

        assertEquals(List.of(1, 1), foundOut);
    }

    @Test
    void nothingIsRememberedWhereKeycloakCachesNoRealms() {
        OwnerCache ownerCache = ownerCache(Stub.of(RealmProvider.class).make());
        for (int i = 0; i < 2; i++) {
            ownerCache.computeIfAbsent(Optional.of(place), 1, () -> foundOut.add(1));
        }

        assertEquals(List.of(1, 1), foundOut);
        assertEquals(Map.of(), place);
    }

    /** As a session asks that began at that revision. */
    private String derive(long revision, int question) {
        return ownerCache(CachedRealms.at(revision)).computeIfAbsent(Optional.of(place), question, () -> {
            foundOut.add(question);
            return "answer to " + question;
        });
    }

    private int remembered() {
        return place.values().stream()
                .mapToInt(answers -> ((Map<?, ?>) answers).size())
                .sum();
    }

    private static OwnerCache ownerCache(RealmProvider realms) {
        KeycloakSession session =
                Stub.of(KeycloakSession.class).with("realms", realms).make();
        return new OwnerCache(session, new MovingClock(), Duration.ofSeconds(10));
    }
}
