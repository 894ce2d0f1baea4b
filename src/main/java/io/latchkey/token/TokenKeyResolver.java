package io.latchkey.token;

import io.latchkey.key.KeyId;
import io.latchkey.keycloak.KeyUserSessions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/** Finds the key from which a token is being made. */
record TokenKeyResolver(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {

    /** Empty for tokens that are not made from a key. */
    Optional<KeyId> find() {
        return Optional.ofNullable(clientSession.getUserSession().getNote(KeyUserSessions.KEY_NOTE))
                .flatMap(KeyId::parse)
                .or(this::exchangedFor)
                .or(this::presented);
    }

    /**
     * The key behind the token that was exchanged for this one (RFC 8693). A transient session is gone by then with all its
     * notes, but Keycloak notes the id of the subject token (26.7: {@code StandardTokenExchangeProvider}).
     */
    private Optional<KeyId> exchangedFor() {
        return clientSession.getNotes().entrySet().stream()
                .filter(note -> note.getKey().startsWith(Constants.TOKEN_EXCHANGE_SUBJECT_CLIENT))
                .flatMap(note -> KeyTokenId.parse(session, note.getValue()).stream())
                .map(KeyTokenId::key)
                .findAny();
    }

    /**
     * The key behind the subject token of this request, which Keycloak's first token exchange does not note (26.7). Only there,
     * and only if this realm signed the token: elsewhere a caller may write any text into that parameter, also the id of another owner's key.
     */
    private Optional<KeyId> presented() {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        return OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE.equals(form.getFirst(OAuth2Constants.GRANT_TYPE))
                ? Optional.ofNullable(form.getFirst(OAuth2Constants.SUBJECT_TOKEN))
                        .map(subject -> session.tokens().decode(subject, AccessToken.class))
                        .flatMap(signed -> KeyTokenId.parse(session, signed.getId()))
                        .map(KeyTokenId::key)
                : Optional.empty();
    }
}
