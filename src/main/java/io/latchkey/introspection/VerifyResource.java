package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.MethodAndPath;
import io.latchkey.http.RequestReader;
import io.latchkey.keycloak.ClientAuthentication;
import io.latchkey.rest.ClientRequestReader;
import io.latchkey.rest.KeyResponses;
import io.latchkey.verify.KeyUseRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Serves the verify endpoint, for one key or a batch of up to a hundred. */
public final class VerifyResource {

    private static final int MAX_BYTES = 256 * 1024;

    private static final Pattern DIRECTIVES = Pattern.compile("\\s*,\\s*");

    private final KeycloakSession session;

    public VerifyResource(KeycloakSession session) {
        this.session = session;
    }

    @POST
    public Response verify(byte[] body) {
        return request().one(body, VerifyRequest::read, (caller, verifyRequest) -> {
            VerifyResult verifyResult = verifyService(caller).verify(verifyRequest);
            ObjectNode json = new VerifyResultJson(session, caller).write(verifyResult);
            permitCaching(caller, verifyRequest, verifyResult, json);
            return KeyResponses.ok(json);
        });
    }

    @POST
    @Path("batch")
    public Response batch(byte[] body) {
        return request().batch(body, VerifyRequest::read, (caller, asked) -> {
            VerifyService verifyService = verifyService(caller);
            VerifyResultJson json = new VerifyResultJson(session, caller);
            return asked.stream().map(verifyService::verify).map(json::write).toList();
        });
    }

    private ClientRequestReader request() {
        return new ClientRequestReader(session, VerifyService.ENDPOINT, MAX_BYTES);
    }

    private VerifyService verifyService(ClientModel caller) {
        return new VerifyService(session, caller, isNoCache());
    }

    /** Permits caching of valid results only, so that every guessed key is checked. */
    private void permitCaching(
            ClientModel caller, VerifyRequest verifyRequest, VerifyResult verifyResult, ObjectNode json) {
        if (verifyResult.code() == VerifyResult.Code.VALID && ClientAuthentication.usesSecret(caller)) {
            KeyUseRequest request =
                    verifyRequest.request(verifyRequest.audience().orElse(caller.getClientId()));
            MethodAndPath call = verifyRequest.price().call();
            verifyResult
                    .key()
                    .ifPresent(accepted -> ApiKeysProvider.of(session)
                            .responseCachePolicy()
                            .permitCaching(
                                    request,
                                    accepted,
                                    accepted.key().endsAt(),
                                    use -> new CachedVerifyResponder(use, call, json)));
        }
    }

    private boolean isNoCache() {
        return new RequestReader(session)
                .header(HttpHeaders.CACHE_CONTROL)
                .filter(text -> DIRECTIVES.splitAsStream(text).anyMatch("no-cache"::equalsIgnoreCase))
                .isPresent();
    }
}
