package io.latchkey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.cluster.SharedRealm.Owner;
import io.latchkey.it.ApiClient.Answer;
import io.latchkey.it.Eventually;
import io.latchkey.it.NeedsCredits;
import io.latchkey.it.PaidRealm;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reservation ends once, whichever node is asked and however often, and survives the node that made it. */
@NeedsCredits
@ExtendWith(ClusterExtension.class)
class SettlementsIT {

    private static final String API = "metered";
    /** What nodes tell each other by way of the ledger. */
    private static final Duration HEARD = Duration.ofSeconds(20);

    private SharedRealm realm;
    private PaidRealm a;
    private PaidRealm b;
    private String key;

    @BeforeEach
    void createRealm(Cluster cluster) {
        cluster.complete();
        realm = SharedRealm.create(cluster);
        a = new PaidRealm(realm.a());
        b = new PaidRealm(realm.b());
        a.api(API, "1");
        Owner owner = realm.owner();
        a.allow(owner.name(), API, 100, "none").expect(200);
        key = realm.key(owner, Map.of()).text("key");
    }

    @AfterEach
    void deleteRealm() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void anotherNodeSettlesOnceHoweverOftenItIsAsked() {
        String reservation = a.reserve(API, key, Map.of("cost", 7));

        settle(b, reservation).expect(202);
        settle(b, reservation).expect(202);
        assertConflict("settled", b.release(API, reservation));
        Eventually.within(HEARD, () -> settle(a, reservation).status() == 200 && isSpent("7"));
        settle(b, reservation).expect(202);
        assertConflict("settled", a.release(API, reservation));

        assertTrue(isSpent("7"));
    }

    @Test
    void nobodyElseEndsItAtAnotherNodeEither() {
        String reservation = a.reserve(API, key, Map.of("cost", 7));
        a.api("stranger", "1");

        b.release("stranger", reservation).expect(404);
        b.release("stranger", reservation).expect(404);
        settle(a, reservation).expect(200);
        b.release("stranger", reservation).expect(404);

        Eventually.within(HEARD, () -> isSpent("7"));
    }

    @Test
    void whatOneNodeReleasedTheOtherDoesNotSettle() {
        String reservation = a.reserve(API, key, Map.of("cost", 7));

        b.release(API, reservation).expect(202);
        assertConflict("released", settle(b, reservation));
        Eventually.within(HEARD, () -> a.release(API, reservation).status() == 200);
        assertConflict("released", settle(a, reservation));

        Eventually.within(HEARD, () -> is("leased", "0") && isSpent("0"));
    }

    @Test
    void reservationsOutliveTheNodeThatMadeThem(Cluster cluster) {
        String before = b.reserve(API, key, Map.of("cost", 3));
        String open = b.reserve(API, key, Map.of("cost", 5));
        String failed = b.reserve(API, key, Map.of("cost", 11));
        settle(b, before).expect(200);
        cluster.b().stop();

        settle(a, open).expect(202);
        settle(a, open).expect(202);
        a.release(API, failed).expect(202);
        assertConflict("settled", a.release(API, open));
        assertConflict("released", settle(a, failed));
        // Nobody knows any more what became of it; so it is not charged again.
        settle(a, before).expect(404);
        cluster.complete();
        settle(b, open).expect(202);

        Eventually.within(HEARD, () -> is("leased", "0") && isSpent("8"));
    }

    private static Answer settle(PaidRealm node, String reservation) {
        return node.settle(API, Map.of("reservation", reservation));
    }

    private static void assertConflict(String outcome, Answer answer) {
        assertEquals(409, answer.status());
        assertTrue(answer.text("type").endsWith("/reservation-" + outcome), answer::text);
    }

    private boolean isSpent(String credits) {
        return is("spent", credits);
    }

    private boolean is(String figure, String credits) {
        return a.at(API, figure).toPlainString().equals(credits);
    }
}
