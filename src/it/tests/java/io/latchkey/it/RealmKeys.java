package io.latchkey.it;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What the realms of tests sign with. One pair for all of them: to make two takes Keycloak longer than the rest of a realm.
 * So a token of another realm is one with a good signature, which asks more of whoever must refuse it.
 */
final class RealmKeys {

    /** As Keycloak reads it: the encoded key in Base64. */
    static final String PRIVATE = privateKey();

    private RealmKeys() {}

    /** As a realm's components. */
    static Map<String, ?> components() {
        return Map.of(
                "org.keycloak.keys.KeyProvider",
                List.of(
                        provider("rsa", Map.of("privateKey", List.of(PRIVATE), "algorithm", List.of("RS256"))),
                        provider("hmac-generated", Map.of("algorithm", List.of("HS512"))),
                        provider("aes-generated", Map.of())));
    }

    private static Map<String, ?> provider(String id, Map<String, List<String>> config) {
        return Map.of("name", id, "providerId", id, "config", config);
    }

    private static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }
}
