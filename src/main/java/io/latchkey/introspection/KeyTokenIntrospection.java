package io.latchkey.introspection;

import io.latchkey.ApiKeysProvider;
import io.latchkey.token.KeyTokenComparison;
import io.latchkey.token.KeyTokenId;
import io.latchkey.token.KeyTokenNarrowing;
import io.latchkey.token.RequestedAudienceClaim;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/**
 * Decides whether a token made from a key is introspected as active, and corrects its claims to what key and token permit.
 */
final class KeyTokenIntrospection {

    private final KeycloakSession session;

    KeyTokenIntrospection(KeycloakSession session) {
        this.session = session;
    }

    /** Whether the key now gives such a token to a caller with the address and origin that the API sends. */
    boolean admits(AccessToken token, EventBuilder event) {
        Optional<KeyTokenId> made = KeyTokenId.parse(session, token.getId());
        if (made.isEmpty()) {
            return true;
        }
        RealmModel realm = session.getContext().getRealm();
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        KeyUseRequest request = KeyIntrospection.request(session, "");
        Verification verification =
                apiKeysProvider.verifier().recheck(realm, made.get().key());
        if (verification instanceof Accepted accepted) {
            verification = new KeyTokenComparison(session).isTooWide(token, made.get(), accepted)
                    ? Verification.rejected(Reason.TOKEN_TOO_WIDE, accepted.key())
                    : apiKeysProvider.verifier().admit(realm, accepted, request);
        }
        if (verification instanceof Rejected rejected) {
            apiKeysProvider.rejectedUses().record(event, request, rejected, Errors.INVALID_TOKEN);
            return false;
        }
        return true;
    }

    void correct(AccessToken token, AccessToken shown) {
        Optional<KeyTokenId> made = KeyTokenId.parse(session, token.getId());
        if (made.isEmpty()) {
            return;
        }
        if (KeyTokenId.isLightweight(session, token.getId())) {
            RequestedAudienceClaim.narrow(token, shown);
        } else {
            removeAddedAudiences(token, shown);
        }
        narrowToKey(made.get(), token, shown);
        shown.setOtherClaims("api_key_id", made.get().key().value());
        shown.setOtherClaims("client_id", shown.getIssuedFor());
    }

    private static void removeAddedAudiences(AccessToken token, AccessToken shown) {
        Set<String> own = new HashSet<>();
        if (token.getAudience() != null) {
            own.addAll(List.of(token.getAudience()));
        }
        if (shown.getAudience() != null) {
            shown.audience(
                    Arrays.stream(shown.getAudience()).filter(own::contains).toArray(String[]::new));
        }
        own.addAll(token.getResourceAccess().keySet());
        if (token.getResourceAccess().isEmpty()) {
            // A mapper may add roles at introspection only, also those of the token's own client, which is no audience.
            own.add(token.getIssuedFor());
        }
        shown.getResourceAccess().keySet().retainAll(own);
    }

    /** Narrows to the restrictions of the key, since a lightweight token does not contain its audiences. */
    private void narrowToKey(KeyTokenId made, AccessToken token, AccessToken shown) {
        Verification verification = ApiKeysProvider.of(session)
                .verifier()
                .recheck(session.getContext().getRealm(), made.key());
        KeyTokenNarrowing narrowing = new KeyTokenNarrowing(session);
        if (verification instanceof Accepted accepted && narrowing.carries(token, accepted)) {
            narrowing.narrow(shown, accepted.key().restrictions());
        } else {
            shown.audience();
            shown.setScope("");
            shown.setRealmAccess(new AccessToken.Access());
            shown.getResourceAccess().clear();
        }
    }
}
