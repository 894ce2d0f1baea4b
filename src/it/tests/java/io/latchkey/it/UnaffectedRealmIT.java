package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;

/** Whoever uses neither keys nor our grant cannot tell whether the server has this project. */
@KeycloakIntegrationTest(config = LatchkeyServer.class)
class UnaffectedRealmIT {

    private static final RecordedRequest DISCOVERY = new RecordedRequest(
            "discovery", 200, "GET /realms/untouched/.well-known/openid-configuration HTTP/1.1", "");

    private static PlainServer plainServer;
    private static UnaffectedRealm plain;
    private static UnaffectedRealm ours;

    @BeforeAll
    static void startThePlainServer() {
        plainServer = PlainServer.start();
        plain = UnaffectedRealm.create(plainServer.port());
    }

    /** Not before all tests: only now has the test framework started the server under test. */
    @BeforeEach
    void makeTheRealm() {
        if (ours == null) {
            ours = plain.copy(URI.create(LatchkeyServer.URL).getPort());
        }
    }

    @AfterAll
    static void stopThePlainServer() {
        try (PlainServer server = plainServer;
                UnaffectedRealm realm = ours) {
            // Closed in the opposite order, each even if the other fails; either may be missing after a failed start.
        }
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
