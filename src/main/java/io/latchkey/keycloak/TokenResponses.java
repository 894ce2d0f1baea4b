package io.latchkey.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.JsonSerialization;

/** Answers of the token endpoint, whose class is made to be changed by whoever holds it (26.7). */
final class TokenResponses {

    private TokenResponses() {}

    static AccessTokenResponse copy(AccessTokenResponse answer) {
        AccessTokenResponse copy = new AccessTokenResponse();
        copy.setToken(answer.getToken());
        copy.setTokenType(answer.getTokenType());
        copy.setExpiresIn(answer.getExpiresIn());
        copy.setRefreshExpiresIn(answer.getRefreshExpiresIn());
        copy.setIdToken(answer.getIdToken());
        copy.setNotBeforePolicy(answer.getNotBeforePolicy());
        copy.setScope(answer.getScope());
        copy.setSessionState(answer.getSessionState());
        copy.setAuthorizationDetails(answer.getAuthorizationDetails());
        answer.getOtherClaims().forEach(copy::setOtherClaims);
        return copy;
    }

    /** As the server writes it. */
    static byte[] bytes(AccessTokenResponse answer) {
        try {
            return JsonSerialization.writeValueAsBytes(answer);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
