package io.latchkey.it;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the administrator of a server calls with. Kept for half of its time: to check the password takes the server longer
 * than most of what is asked for with the token.
 */
record AdminToken(String text, Instant renewal) {

    /** Keycloak's administrators have one for a minute. */
    private static final Duration KEPT = Duration.ofSeconds(25);

    private static final Map<String, AdminToken> BY_SERVER = new ConcurrentHashMap<>();

    /** @param base the server it is for */
    static String of(String base) {
        Instant now = Instant.now();
        return BY_SERVER.compute(
                        base, (server, known) -> known == null || now.isAfter(known.renewal) ? fresh(server) : known)
                .text;
    }

    private static AdminToken fresh(String base) {
        Instant asked = Instant.now();
        String text = new ApiClient(base)
                .form(
                        "/realms/master/protocol/openid-connect/token",
                        Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", "admin"))
                .expect(200)
                .text("access_token");
        return new AdminToken(text, asked.plus(KEPT));
    }
}
