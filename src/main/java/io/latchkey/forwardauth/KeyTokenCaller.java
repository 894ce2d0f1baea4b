package io.latchkey.forwardauth;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.EndpointEvents;
import io.latchkey.http.RequestReader;
import io.latchkey.token.KeyTokenComparison;
import io.latchkey.token.KeyTokenId;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/** Authenticates a forward-auth caller by an access token made from a key, which is accepted only where the key itself is. */
final class KeyTokenCaller {

    private final KeycloakSession session;
    private final RealmModel realm;

    KeyTokenCaller(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * Empty for tokens that no key is behind, and where the key would pass.
     *
     * @param token that Keycloak holds for good
     * @param audience client id of the API behind the gateway
     */
    Optional<ForwardAuthResult> refusal(AccessToken token, Optional<String> audience) {
        KeyUseRequest request =
                new RequestReader(session).use("").at(audience.stream().toList());
        return KeyTokenId.parse(session, token.getId())
                .map(made -> verdict(token, made, request))
                .filter(Rejected.class::isInstance)
                .map(verdict -> refuse(request, (Rejected) verdict));
    }

    private Verification verdict(AccessToken token, KeyTokenId made, KeyUseRequest request) {
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        Verification verdict = apiKeysProvider.verifier().recheck(realm, made.key());
        if (verdict instanceof Accepted accepted) {
            verdict = apiKeysProvider.verifier().admit(realm, accepted, request);
        }
        return verdict instanceof Accepted accepted && new KeyTokenComparison(session).isTooWide(token, made, accepted)
                ? Verification.rejected(Reason.TOKEN_TOO_WIDE, accepted.key())
                : verdict;
    }

    private ForwardAuthResult refuse(KeyUseRequest request, Rejected rejected) {
        ApiKeysProvider.of(session)
                .rejections()
                .record(
                        EndpointEvents.at(ForwardAuthService.ENDPOINT, session),
                        request,
                        rejected,
                        Errors.INVALID_TOKEN);
        return rejected.reason() == Reason.AUDIENCE_NOT_ALLOWED
                ? new ForwardAuthResult.Forbidden("The key is not meant for this API.")
                : new ForwardAuthResult.Unauthorized(realm);
    }
}
