package io.latchkey.token;

import io.latchkey.model.ApiKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.representations.AccessToken;

/**
 * Records the requested audiences in a claim of a lightweight token, and narrows the introspection of that token to them.
 *
 * <p>Such a token has no {@code aud}, and introspection adds whatever its client gives. Without this record, a token for
 * one API would be accepted at all APIs of its key.
 */
public final class RequestedAudienceClaim {

    private static final String CLAIM = "api_key_aud";

    private RequestedAudienceClaim() {}

    static void note(AccessToken token, ApiKey key, ClientSessionContext scopes) {
        ClientModel[] asked = scopes.getAttribute(Constants.REQUESTED_AUDIENCE_CLIENTS, ClientModel[].class);
        if (asked != null && !Set.copyOf(key.restrictions().audiences()).equals(ids(asked))) {
            token.setOtherClaims(
                    CLAIM, Arrays.stream(asked).map(ClientModel::getClientId).toList());
        }
    }

    private static Set<String> ids(ClientModel[] clients) {
        return Arrays.stream(clients).map(ClientModel::getId).collect(Collectors.toSet());
    }

    /** Client ids; empty if no audience was requested. */
    static Optional<List<String>> of(AccessToken token) {
        return token.getOtherClaims().get(CLAIM) instanceof Collection<?> clientIds
                ? Optional.of(clientIds.stream().map(String::valueOf).toList())
                : Optional.empty();
    }

    /**
     * Removes audiences and roles that were not requested.
     *
     * @param token as sent
     * @param shown as introspection will show it
     */
    public static void narrow(AccessToken token, AccessToken shown) {
        shown.getOtherClaims().remove(CLAIM);
        of(token).ifPresent(asked -> {
            if (shown.getAudience() != null) {
                shown.audience(Arrays.stream(shown.getAudience())
                        .filter(asked::contains)
                        .toArray(String[]::new));
            }
            shown.getResourceAccess().keySet().retainAll(asked);
        });
    }
}
