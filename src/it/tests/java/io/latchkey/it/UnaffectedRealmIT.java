package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever uses neither keys nor our grant cannot tell whether the server has this project. */
class UnaffectedRealmIT {

    private static final RecordedRequest DISCOVERY = new RecordedRequest(
            "discovery", 200, "GET /realms/untouched/.well-known/openid-configuration HTTP/1.1", "");

    private static UnaffectedRealm plain;
    private static UnaffectedRealm ours;

    @BeforeAll
    static void makeTheRealms() {
        plain = UnaffectedRealm.create(LatchkeyServer.startPlain().port());
        ours = Resources.ofClass(plain.copy(URI.create(LatchkeyServer.url()).getPort()));
    }

    @Test
    void theTwoServersDifferInThisProjectOnly() {
        assertTrue(ours.serverInfo().at("/providers/latchkey/providers").has("default"));
        assertFalse(plain.serverInfo().path("providers").has("latchkey"));
        assertEquals(
                plain.serverInfo().at("/systemInfo/version"), ours.serverInfo().at("/systemInfo/version"));
    }

    static List<RecordedRequest> requests() {
        return RecordedRequest.all();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredAsByAPlainKeycloak(RecordedRequest request) {
        WireAnswer expected = plain.answer(request);

        assertEquals(request.status(), expected.status(), () -> request.name() + ": " + expected.text());
        assertEquals(Fingerprint.of(expected), Fingerprint.of(ours.answer(request)), request::name);
    }

    @Test
    void discoveryDiffersInOurGrantOnly() {
        String grant = ",\"" + RealmFixture.GRANT + "\"";
        WireAnswer expected = plain.answer(DISCOVERY);
        WireAnswer actual = ours.answer(DISCOVERY);

        assertTrue(actual.body().contains(grant), actual::text);
        assertEquals(Fingerprint.of(expected), Fingerprint.of(actual.without(grant)));
    }
}
