package io.latchkey.keycloak;

import org.keycloak.models.KeycloakSession;

/**
 * Checks whether a request satisfies the SSL requirement of its realm, as Keycloak's own endpoints do (26.7: {@code
 * TokenEndpoint.checkSsl}).
 */
public final class SslRequirement {

    /** Stands for a caller whose address is unknown (RFC 5737): no local one. */
    private static final String ABROAD = "192.0.2.1";

    private SslRequirement() {}

    public static boolean isGiven(KeycloakSession session) {
        // In this order, since what Keycloak makes of the address is dear.
        return !session.getContext()
                        .getRealm()
                        .getSslRequired()
                        .isRequired(TrustedClientConnection.of(session)
                                .caller()
                                .literal()
                                .orElse(ABROAD))
                || "https".equals(session.getContext().getUri().getBaseUri().getScheme());
    }
}
