package io.latchkey.token;

import io.latchkey.ApiKeysProvider;
import io.latchkey.HookStatus;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.http.Unavailability;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.KeyGrantTypeBase;
import io.latchkey.keycloak.ThrottledLog;
import io.latchkey.model.ApiKey;
import io.latchkey.policy.RealmPolicy;
import io.latchkey.policy.RealmPolicy.KeySessionMode;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.rest.KeyUseRequestFactory;
import io.latchkey.verify.KeyTokenScopePolicy;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;

/**
 * The extension grant (RFC 6749, section 4.5) that turns a key into an access token. The client is authenticated by Keycloak
 * as for any grant; where a request names none, the policy's client is used.
 */
public final class ApiKeyGrantType extends KeyGrantTypeBase {

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(ApiKeyGrantType.class));

    /** Value of {@code grant_type}. */
    public static final String GRANT_TYPE = "urn:latchkey:oauth:grant-type:api-key";

    /** Form parameter that carries a key instead. */
    static final String PARAMETER = "api_key";

    /** Parameters that do not keep the token from being cached. */
    private static final Set<String> ORDINARY = Set.of(
            OAuth2Constants.GRANT_TYPE,
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE,
            OAuth2Constants.SCOPE,
            OAuth2Constants.AUDIENCE,
            OAuth2Constants.SUBJECT_TOKEN,
            OAuth2Constants.SUBJECT_TOKEN_TYPE,
            OAuth2Constants.REQUESTED_TOKEN_TYPE,
            PARAMETER);

    @Override
    public EventType getEventType() {
        return EventType.OAUTH2_EXTENSION_GRANT;
    }

    @Override
    public Set<String> getTokenParameterNames() {
        return Set.of(PARAMETER);
    }

    @Override
    public void preProcess(KeycloakSession session, MultivaluedMap<String, String> formParams) {
        boolean namesClient = formParams.containsKey(OAuth2Constants.CLIENT_ID)
                || formParams.containsKey(OAuth2Constants.CLIENT_ASSERTION)
                || session.getContext().getRequestHeaders().getHeaderString("Authorization") != null;
        if (!namesClient) {
            // Client authentication reads the request's own parameters; formParams is a copy (26.7).
            RealmPolicy policy = Unavailability.guard(() ->
                    ApiKeysProvider.of(session).policy(session.getContext().getRealm()));
            policy.client()
                    .ifPresentOrElse(
                            id -> session.getContext()
                                    .getHttpRequest()
                                    .getDecodedFormParameters()
                                    .putSingle(OAuth2Constants.CLIENT_ID, id),
                            () -> LOG.warn("A token request in the realm "
                                    + session.getContext().getRealm().getName()
                                    + " was refused with invalid_client, because it names no client and the"
                                    + " realm attribute " + RealmPolicy.CLIENT_ATTRIBUTE + " is not set"));
        }
    }

    @Override
    public Set<String> getSupportedMultivaluedRequestParameters() {
        return Set.of(OAuth2Constants.AUDIENCE);
    }

    @Override
    public Response process(Context context) {
        setContext(context);
        return Unavailability.guard(() -> encoded(exchange(context, presented())));
    }

    /** @param presented the value sent in place of a key, unparsed */
    Response exchange(Context context, String presented) {
        setContext(context);
        if (!HookStatus.of(session).isComplete()) {
            return ProblemType.HOOK_MISSING.toResponse();
        }
        ApiKeysProvider apiKeysProvider = ApiKeysProvider.of(session);
        CallerConnection.of(session).describe(event);
        KeyUseRequest request = KeyUseRequestFactory.of(session, presented);
        Verification verification = apiKeysProvider.verifier().verify(realm, request);
        RateLimitHeaders.put(session, verification.rateLimits());
        if (verification instanceof Rejected rejected) {
            throw refuse(
                    apiKeysProvider.rejectedUses().answer(event, request, rejected, Errors.INVALID_USER_CREDENTIALS));
        }
        Accepted accepted = (Accepted) verification;
        try {
            return exchange(context, apiKeysProvider, accepted);
        } catch (RuntimeException refused) {
            RateLimitHeaders.put(session, apiKeysProvider.refund(accepted));
            throw refused;
        }
    }

    private RuntimeException refuse(Rejected reported) {
        RateLimitHeaders.put(session, reported.rateLimits());
        return reported.isRateLimited()
                ? error(
                        OAuthErrorException.SLOW_DOWN,
                        KeyChallenge.rateLimited(reported).detail(),
                        Response.Status.TOO_MANY_REQUESTS)
                : error(OAuthErrorException.INVALID_GRANT, "Invalid API key", Response.Status.BAD_REQUEST);
    }

    private Response exchange(Context context, ApiKeysProvider apiKeysProvider, Accepted accepted) {
        KeyUserEvents.describe(event, Optional.of(accepted.key()));
        boolean online = apiKeysProvider.policy(realm).session() == KeySessionMode.ONLINE;
        TokenCache tokenCache = new TokenCache(session);
        Optional<TokenCache.CacheKey> cacheKey = online ? Optional.empty() : cacheKey(accepted.key());
        Optional<TokenCache.Entry<AccessTokenResponse>> before =
                cacheKey.flatMap(same -> tokenCache.find(accepted.owner(), same));
        if (before.isPresent()) {
            long lifespan = before.get().remaining(apiKeysProvider.clock().instant());
            return repeat(
                    accepted.owner(), before.get().response(), before.get().tokenId(), lifespan);
        }
        KeyTokenPostProcessor.verified(session, accepted.key());
        return issue(
                context,
                KeyTokenIssuer.request(accepted, grantedScopes(accepted.key()), online),
                (token, answer) -> cacheKey.ifPresent(same -> tokenCache.put(accepted.owner(), same, token, answer)));
    }

    /** Empty if the token depends on more than key, client, scope and audience. */
    private Optional<TokenCache.CacheKey> cacheKey(ApiKey key) {
        boolean ordinary = ORDINARY.containsAll(formParams.keySet())
                && headers.getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER) == null
                && context.getClientAuthAttributes().isEmpty()
                // Revoking consent does not evict the owner's cache entry.
                && !client.isConsentRequired();
        return ordinary
                ? Optional.of(TokenCache.CacheKey.of(session, GRANT_TYPE, key, client, scope(), audiences()))
                : Optional.empty();
    }

    private Optional<String> scope() {
        return Optional.ofNullable(formParams.getFirst(OAuth2Constants.SCOPE));
    }

    private List<String> audiences() {
        return formParams.getOrDefault(OAuth2Constants.AUDIENCE, List.of());
    }

    private KeyTokenScopePolicy.Granted grantedScopes(ApiKey key) {
        KeyTokenScopePolicy scopes = KeyTokenScopePolicy.of(realm, client, key, scope(), audiences());
        if (scopes instanceof KeyTokenScopePolicy.Refused refused) {
            throw refuse(refused.fault().error(), refused.detail(), Errors.NOT_ALLOWED);
        }
        return (KeyTokenScopePolicy.Granted) scopes;
    }

    private String presented() {
        List<String> sent = headers.getRequestHeader(PresentedKey.HEADER);
        boolean inHeader = sent != null && !sent.isEmpty();
        boolean inForm = formParams.getFirst(PARAMETER) != null;
        if (inHeader == inForm || inHeader && sent.size() > 1) {
            String once = "The key must be given once, in header " + PresentedKey.HEADER + " or parameter " + PARAMETER;
            throw refuse(OAuthErrorException.INVALID_REQUEST, once, Errors.INVALID_REQUEST);
        }
        return inHeader ? sent.get(0) : formParams.getFirst(PARAMETER);
    }

    /** Tokens made from keys never reach key management, and Keycloak's own REST only where policy and key say so. */
    @Override
    public boolean isTokenAllowed(KeycloakSession session, AccessToken token) {
        return Unavailability.guard(session, () -> new KeyTokenAccess(session).covers(token))
                .orElse(false);
    }

    @Override
    public void close() {}
}
