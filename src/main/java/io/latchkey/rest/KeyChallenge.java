package io.latchkey.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.RealmModel;

/** The one answer to a request without a key that can be used, whatever the reason. */
public final class KeyChallenge {

    private static final String NO_QUOTED_TEXT = "[^ !#-\\[\\]-~]";

    private KeyChallenge() {}

    public static Response of(RealmModel realm) {
        String challenge = "ApiKey realm=\"" + realm.getName().replaceAll(NO_QUOTED_TEXT, "_") + "\"";
        return Response.fromResponse(Problem.keyRequired().toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, null)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
