package io.latchkey.keycloak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.key.KeyId;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/**
 * Holds two copies of the claims of the access token that this session builds, before and after the token
 * post-processors, to find what they changed.
 */
public final class AccessTokenClaimsSnapshots {

    private static final String ATTRIBUTE = "latchkey.token-snapshots";

    private Optional<KeyId> key;
    private byte[] mapped;
    private byte[] released;

    private AccessTokenClaimsSnapshots() {}

    @SuppressWarnings("unchecked")
    public static AccessTokenClaimsSnapshots of(KeycloakSession session, AccessToken token) {
        Map<AccessToken, AccessTokenClaimsSnapshots> snapshots = session.getAttribute(ATTRIBUTE, Map.class);
        if (snapshots == null) {
            snapshots = new IdentityHashMap<>();
            session.setAttribute(ATTRIBUTE, snapshots);
        }
        return snapshots.computeIfAbsent(token, none -> new AccessTokenClaimsSnapshots());
    }

    /** Returns the key that the token was made from, and runs the search for it once. */
    public Optional<KeyId> key(Supplier<Optional<KeyId>> search) {
        if (key == null) {
            key = search.get();
        }
        return key;
    }

    /** Records the claims as Keycloak's mappers wrote them, on the first call. */
    public void recordMapped(AccessToken token) {
        if (mapped == null) {
            mapped = TokenClaims.bytes(token);
        }
    }

    /** Returns the claims as the mappers wrote them if the token has others now. */
    public Optional<ObjectNode> mappedIfChanged(AccessToken token) {
        return mapped == null || Arrays.equals(mapped, TokenClaims.bytes(token))
                ? Optional.empty()
                : Optional.of(TokenClaims.read(mapped));
    }

    /** Records the claims that may leave the server. */
    public void recordReleased(AccessToken token) {
        released = TokenClaims.bytes(token);
    }

    /** Whether an encoded token has no claims beyond those that may leave the server. */
    boolean isReleased(String encoded) {
        if (released == null) {
            return false;
        }
        byte[] claims = TokenClaims.bytes(encoded);
        return Arrays.equals(released, claims)
                || TokenClaims.isWithin(TokenClaims.read(claims), TokenClaims.read(released), Set.of());
    }
}
