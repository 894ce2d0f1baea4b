package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No message gets from one node to the other, and both go on serving. Keycloak itself would believe its cache until they meet. */
@ExtendWith(ClusterExtension.class)
class CutOffIT {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String JSON = "application/json";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SharedRealm realm;

    /**
     * @param left whether the node that is cut off still lets the key do what it did before
     * @param change on the other node
     */
    private record Loss(String what, BooleanSupplier left, Supplier<Answer> change) {}

    @BeforeEach
    void createRealm(Cluster cluster) {
        realm = SharedRealm.create(cluster);
    }

    @AfterEach
    void mend(Cluster cluster) {
        cluster.network().mend();
        cluster.complete();
        threads.shutdown();
        realm.close();
    }

    @Test
    void whatIsTakenAwayIsRefusedWhileMessagesDoNotArriveAndAfterwards(Cluster cluster) {
        List<Loss> losses = warmLosses();

        cluster.network().silence();
        List<CompletableFuture<Answer>> changes = losses.stream()
                .map(loss -> CompletableFuture.supplyAsync(loss.change(), threads))
                .toList();

        assertRefused(losses);
        // The other node waits for an answer all the while.
        assertFalse(changes.get(0).isDone());
        cluster.network().mend();
        assertEquals(204, changes.get(0).join().status());
        changes.forEach(CompletableFuture::join);
        assertRefusedStill(losses);
    }

    @Test
    void whatIsTakenAwayIsRefusedWhileTheClusterIsInTwoAndOnceItIsOneAgain(Cluster cluster) {
        cluster.network().cut();
        awaitViews(cluster, 1);
        List<Loss> losses = warmLosses();
        losses.forEach(loss -> assertTrue(loss.change().get().status() < 300, loss.what()));

        assertRefused(losses);
        cluster.network().mend();
        awaitViews(cluster, 2);
        assertRefusedStill(losses);
    }

    private static void awaitViews(Cluster cluster, int nodes) {
        List.of(cluster.a(), cluster.b()).forEach(node -> node.awaitView(nodes));
    }

    /** What the other node remembers, each of an owner of its own. */
    private List<Loss> warmLosses() {
        ApiClient admin = realm.a().master();
        Owner leaver = realm.owner();
        Owner reader = realm.newReader();
        Answer revoked = realm.key(realm.owner(), Map.of());
        Answer disabled = realm.key(realm.owner(), Map.of());
        Answer disowned = realm.key(leaver, Map.of());
        Answer scoped = realm.key(reader, Map.of("scopes", List.of("reports", "invoices")));
        String roles = admin.get(rolesOf(reader)).expect(200).text();
        List<Loss> losses = List.of(
                new Loss("key revoked", anyDoor(revoked), () -> admin.delete(path(revoked))),
                new Loss(
                        "key disabled", anyDoor(disabled), () -> admin.patch(path(disabled), Map.of("enabled", false))),
                new Loss(
                        "owner disabled",
                        anyDoor(disowned),
                        () -> admin.put(realm.a().admin("/users/" + leaver.id()), Map.of("enabled", false))),
                new Loss("role lost", reports(scoped), () -> admin.send("DELETE", rolesOf(reader), JSON, roles)));
        for (int i = 0; i < 2; i++) {
            losses.forEach(loss -> assertTrue(loss.left().getAsBoolean(), loss.what()));
        }
        return losses;
    }

    private static void assertRefused(List<Loss> losses) {
        Duration took = Eventually.within(
                LONGEST, () -> losses.stream().noneMatch(loss -> loss.left().getAsBoolean()));
        System.out.println("everything refused after " + took.toMillis() + " ms");
    }

    private static void assertRefusedStill(List<Loss> losses) {
        losses.forEach(loss -> assertFalse(loss.left().getAsBoolean(), loss.what()));
    }

    private BooleanSupplier anyDoor(Answer key) {
        return () -> Stream.of(KeyEndpoint.values()).anyMatch(door -> door.opens(realm.b(), key.text("key")));
    }

    private BooleanSupplier reports(Answer key) {
        return () -> KeyEndpoint.verify(realm.b(), Map.of("key", key.text("key"), "scope", "reports"));
    }

    private String rolesOf(Owner owner) {
        return realm.a().admin("/users/" + owner.id() + "/role-mappings/realm");
    }

    private String path(Answer key) {
        return realm.a().adminKeys() + "/" + key.text("id");
    }
}
