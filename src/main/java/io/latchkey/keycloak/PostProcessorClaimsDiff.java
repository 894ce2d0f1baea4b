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
public final class PostProcessorClaimsDiff {

    private static final String ATTRIBUTE = "latchkey.token-snapshots";

    private Optional<KeyId> key;
    private byte[] mapped;
    private byte[] released;

    private PostProcessorClaimsDiff() {}

    @SuppressWarnings("unchecked")
    public static PostProcessorClaimsDiff of(KeycloakSession session, AccessToken token) {
        Map<AccessToken, PostProcessorClaimsDiff> snapshots = session.getAttribute(ATTRIBUTE, Map.class);
        if (snapshots == null) {
            snapshots = new IdentityHashMap<>();
            session.setAttribute(ATTRIBUTE, snapshots);
        }
        return snapshots.computeIfAbsent(token, none -> new PostProcessorClaimsDiff());
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
            mapped = AccessTokenClaimsJson.bytes(token);
        }
    }

    /** Returns the claims as the mappers wrote them if the token has others now. */
    public Optional<ObjectNode> mappedIfChanged(AccessToken token) {
        return mapped == null || Arrays.equals(mapped, AccessTokenClaimsJson.bytes(token))
                ? Optional.empty()
                : Optional.of(AccessTokenClaimsJson.read(mapped));
    }

    /** Records the claims that may leave the server. */
    public void recordReleased(AccessToken token) {
        released = AccessTokenClaimsJson.bytes(token);
    }

    /** Whether an encoded token has no claims beyond those that may leave the server. */
    boolean isReleased(String encoded) {
        if (released == null) {
            return false;
        }
        byte[] claims = AccessTokenClaimsJson.bytes(encoded);
        return Arrays.equals(released, claims)
                || AccessTokenClaimsJson.isWithin(
                        AccessTokenClaimsJson.read(claims), AccessTokenClaimsJson.read(released), Set.of());
    }
}
