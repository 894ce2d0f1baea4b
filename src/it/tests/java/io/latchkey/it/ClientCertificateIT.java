package io.latchkey.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client with a certificate verifies keys, behind a proxy that ends TLS and hands the certificate on. */
class ClientCertificateIT {

    /** Self-signed, of {@code CN=certified}, for a hundred years. */
    private static final String CERTIFICATE =
            "MIIBfzCCASWgAwIBAgIUcetC1XjdzKdBZmvr3k+CFzZ6BF0wCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJY2VydGlmaWVkMCAXDTI2"
                    + "MTEzMDIwMDUxMVoYDzIxMjYxMTA2MjAwNTExWjAUMRIwEAYDVQQDDAljZXJ0aWZpZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC"
                    + "AASlFwSsTFyVo5+l0VApbIMmXs1cO9S7P7Xhs5/XL15jKz0KKCx41mjdGZKUCBKfqhIVLe6DhYv54IF7d7o97PZ4o1MwUTAdBgNV"
                    + "HQ4EFgQUddakC7WOGlbEH2H7iBGtioWihjowHwYDVR0jBBgwFoAUddakC7WOGlbEH2H7iBGtioWihjowDwYDVR0TAQH/BAUwAwEB"
                    + "/zAKBggqhkjOPQQDAgNIADBFAiEA/+4Irmvu8oW1P/KzRv2wjkVTlFEiDK/EybZ3jP1VMHsCIEv9um1n+NNl9UhbgrdpOs3/i8lO"
                    + "G3SH3ZKBMibn1Jh0";

    private static RealmFixture realm;
    private static String key;

    @BeforeAll
    static void start() {
        realm = RealmFixture.create(Map.of());
        new RealmSetup(realm)
                .client(Map.of(
                        "clientId",
                        "certified",
                        "serviceAccountsEnabled",
                        true,
                        "clientAuthenticatorType",
                        "client-x509",
                        "attributes",
                        Map.of("x509.subjectdn", "CN=certified")));
        realm.user("alice");
        key = realm.createKey("alice", "asked about").text("key");
    }

    @Test
    void certificateAndClientIdInTheQueryAreEnoughForJson() {
        String path = realm.keys() + "/verify?client_id=certified";

        assertEquals(
                "valid", certified().post(path, Map.of("key", key)).expect(200).text("code"));
        realm.anyone().post(path, Map.of("key", key)).expect(401);
    }

    @Test
    void certificateAndClientIdInTheFormAreEnough() {
        Map<String, String> form = Map.of("key", key, "client_id", "certified");

        assertEquals(
                "valid",
                certified().form(realm.keys() + "/verify", form).expect(200).text("code"));
        realm.anyone().form(realm.keys() + "/verify", form).expect(401);
    }

    private static ApiClient certified() {
        return realm.anyone().with("SSL_CLIENT_CERT", CERTIFICATE);
    }
}
