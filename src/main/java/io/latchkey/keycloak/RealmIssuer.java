package io.latchkey.keycloak;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;

/** Gives the issuer of a realm's tokens (26.7: {@code Urls}). */
public final class RealmIssuer {

    private RealmIssuer() {}

    public static String of(KeycloakSession session) {
        return Urls.realmIssuer(
                session.getContext().getUri().getBaseUri(),
                session.getContext().getRealm().getName());
    }
}
