package io.latchkey.adapter;

import org.keycloak.representations.AccessTokenResponse;

/** Answers of the token endpoint, whose class is made to be changed by whoever holds it (26.7). */
final class TokenAnswers {

    private TokenAnswers() {}

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
}
