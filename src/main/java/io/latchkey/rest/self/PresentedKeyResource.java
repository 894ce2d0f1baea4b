package io.latchkey.rest.self;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.CorsPreflight;
import io.latchkey.http.Problem;
import io.latchkey.http.RateLimitHeaders;
import io.latchkey.http.RequestReader;
import io.latchkey.key.PresentedKey;
import io.latchkey.keys.Actor;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Revocation;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.rest.KeyEndpoints;
import io.latchkey.rest.KeyResponses;
import io.latchkey.rest.KeyUseRequestFactory;
import io.latchkey.rest.SslAndRealmCheck;
import io.latchkey.verify.KeyUseRequest;
import io.latchkey.verify.Reason;
import io.latchkey.verify.Verification;
import io.latchkey.verify.Verification.Accepted;
import io.latchkey.verify.Verification.Rejected;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.cors.Cors;

/**
 * Lets the holder of a key read, revoke and rotate that key with {@code X-API-Key}. It reaches no other key, so the key's
 * scopes do not matter.
 */
public final class PresentedKeyResource {

    /** Headers that pages may read. */
    private static final String[] READABLE = {
        HttpHeaders.ETAG, HttpHeaders.LOCATION, RateLimitHeaders.LIMIT, RateLimitHeaders.POLICY, HttpHeaders.RETRY_AFTER
    };

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;
    private final HolderChangeGuard holder;
    private final RequestReader requestReader;
    private final KeyResponses keyResponses;
    private final KeyEndpoints work;

    public PresentedKeyResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.holder = new HolderChangeGuard(session);
        this.requestReader = new RequestReader(session);
        this.keyResponses = new KeyResponses(session, HttpHeaders.LOCATION, "realms");
        this.work = new KeyEndpoints(session, keyResponses, holder::audit);
    }

    /** Any page may ask; only one the key is restricted to may read the answer. */
    @OPTIONS
    @Path("{any:.*}")
    public Response preflight() {
        String[] methods = {"GET", "POST", "DELETE"};
        return CorsPreflight.anonymous(session, methods, PresentedKey.HEADER, HttpHeaders.IF_MATCH, "Idempotency-Key");
    }

    @GET
    public Response get() {
        return holding(UnaryOperator.identity(), keyResponses::key);
    }

    /** Not counted as a use: the first use of a new key may end the one it replaces, and that may be the one to keep. */
    @DELETE
    public Response delete() {
        return withPermit(() -> holding(KeyUseRequest::unrecorded, key -> work.revoke(key, Revocation.Reason.HOLDER)));
    }

    /** Rotates on behalf of the owner, under the policy for owners. The age of a login does not apply: there is no login. */
    @POST
    @Path("rotate")
    public Response rotate(byte[] body) {
        return withPermit(() -> holding(
                UnaryOperator.identity(),
                key -> work.rotate(key, body, new Actor(key.owner().id(), false))));
    }

    private Response withPermit(Supplier<Response> change) {
        return holder.change(presented(), change);
    }

    private Response holding(UnaryOperator<KeyUseRequest> use, Function<ApiKey, Response> answer) {
        return SslAndRealmCheck.closed(session)
                .map(Problem::toResponse)
                .orElseGet(() -> presented()
                        .map(presented -> judged(use.apply(KeyUseRequestFactory.of(session, presented)), answer))
                        .orElseGet(() -> KeyChallenge.of(realm)));
    }

    /** A request that says in another way who sends it is not the key's. */
    private Optional<String> presented() {
        return requestReader.header(HttpHeaders.AUTHORIZATION).isPresent()
                ? Optional.empty()
                : requestReader.onlyHeader(PresentedKey.HEADER);
    }

    private Response judged(KeyUseRequest request, Function<ApiKey, Response> answer) {
        Verification verification = apiKeysProvider.verifier().verify(realm, request);
        RateLimitHeaders.put(session, verification.rateLimits());
        if (verification instanceof Rejected rejected) {
            return rejected(request, rejected);
        }
        Accepted accepted = (Accepted) verification;
        admit(accepted.key(), request);
        Response answered = answer.apply(accepted.key());
        if (answered.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode()) {
            RateLimitHeaders.put(session, apiKeysProvider.refund(accepted));
        }
        return answered;
    }

    private Response rejected(KeyUseRequest request, Rejected rejected) {
        Rejected reported = apiKeysProvider
                .rejectedUses()
                .answer(holder.failure("self"), request, rejected, Errors.INVALID_USER_CREDENTIALS);
        RateLimitHeaders.put(session, reported.rateLimits());
        if (reported.reason() == Reason.RATE_LIMITED) {
            reported.key().ifPresent(key -> admit(key, request));
        }
        return reported.isRateLimited() ? KeyChallenge.rateLimited(reported).toResponse() : KeyChallenge.of(realm);
    }

    /** Lets the page at one of the key's origins read the answer. */
    private static void admit(ApiKey key, KeyUseRequest request) {
        if (key.restrictions().origins().isEmpty()) {
            return;
        }
        request.origin()
                .ifPresent(origin -> Cors.builder()
                        .checkAllowedOrigins(List.of(origin))
                        .exposedHeaders(READABLE)
                        .add());
    }
}
