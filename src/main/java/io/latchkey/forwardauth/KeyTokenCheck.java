package io.latchkey.forwardauth;

import io.latchkey.ApiKeysProvider;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.rest.KeyUseRequestFactory;
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

/**
 * Decides whether forward-auth refuses an access token made from a key: rechecks the key, its restrictions and the token's
 * permissions.
 */
final class KeyTokenCheck {

    private final KeycloakSession session;
    private final RealmModel realm;

    KeyTokenCheck(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * Empty for tokens that are not made from a key, and if the key itself would be accepted.
     *
     * @param token that Keycloak has accepted
     * @param audience client id of the API behind the gateway
     */
    Optional<ForwardAuthResult> refusal(AccessToken token, Optional<String> audience) {
        KeyUseRequest request =
                KeyUseRequestFactory.of(session, "").at(audience.stream().toList());
        return KeyTokenId.parse(session, token.getId())
                .map(made -> verify(token, made, request))
                .filter(Rejected.class::isInstance)
                .map(verification -> refuse(request, (Rejected) verification));
    }

    private Verification verify(AccessToken token, KeyTokenId made, KeyUseRequest request) {
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        Verification verification = apiKeysProvider.verifier().recheck(realm, made.key());
        if (verification instanceof Accepted accepted) {
            verification = apiKeysProvider.verifier().admit(realm, accepted, request);
        }
        return verification instanceof Accepted accepted
                        && new KeyTokenComparison(session).isTooWide(token, made, accepted)
                ? Verification.rejected(Reason.TOKEN_TOO_WIDE, accepted.key())
                : verification;
    }

    private ForwardAuthResult refuse(KeyUseRequest request, Rejected rejected) {
        ApiKeysProvider.of(session)
                .rejectedUses()
                .record(
                        KeyUserEvents.ofUse(ForwardAuthService.ENDPOINT, session),
                        request,
                        rejected,
                        Errors.INVALID_TOKEN);
        return rejected.reason() == Reason.AUDIENCE_NOT_ALLOWED
                ? new ForwardAuthResult.Forbidden("The key is not meant for this API.")
                : new ForwardAuthResult.Unauthorized(realm);
    }
}
