package io.latchkey.introspection;

import io.latchkey.ApiKeysProvider;
import io.latchkey.keycloak.AuthenticatedClient;
import io.latchkey.rest.Answers;
import io.latchkey.rest.ClientRequest;
import io.latchkey.rest.Incoming;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Where an API asks whether it should serve whoever sent a key, or up to a hundred of them. */
public final class VerifyResource {

    private static final int MAX_BYTES = 256 * 1024;

    private static final Pattern DIRECTIVES = Pattern.compile("\\s*,\\s*");

    private final KeycloakSession session;

    public VerifyResource(KeycloakSession session) {
        this.session = session;
    }

    @POST
    public Response verify(byte[] body) {
        return request().one(body, Inquiry::read, (caller, inquiry) -> {
            Verdict verdict = inquiries(caller).answer(inquiry);
            return Answers.ok(new VerdictJson(session, caller).write(repeated(caller, inquiry, verdict)));
        });
    }

    @POST
    @Path("batch")
    public Response batch(byte[] body) {
        return request().batch(body, Inquiry::read, (caller, asked) -> {
            KeyInquiries inquiries = inquiries(caller);
            VerdictJson json = new VerdictJson(session, caller);
            return asked.stream().map(inquiries::answer).map(json::write).toList();
        });
    }

    private ClientRequest request() {
        return new ClientRequest(session, KeyInquiries.DOOR, MAX_BYTES);
    }

    private KeyInquiries inquiries(ClientModel caller) {
        return new KeyInquiries(session, caller, wantsItAfresh());
    }

    /** Good news only: whoever guesses keys has each looked at. */
    private Verdict repeated(ClientModel caller, Inquiry inquiry, Verdict verdict) {
        if (verdict.code() == Verdict.Code.VALID && AuthenticatedClient.provesItselfBySecret(caller)) {
            verdict.key()
                    .ifPresent(accepted -> ApiKeysProvider.of(session)
                            .repeat(
                                    inquiry.request(inquiry.audience().orElse(caller.getClientId()))
                                            .paying(verdict.bill()),
                                    accepted,
                                    accepted.key().endsAt(),
                                    use -> new VerdictAgain(use, inquiry.price().call())));
        }
        return verdict;
    }

    private boolean wantsItAfresh() {
        return new Incoming(session)
                .header(HttpHeaders.CACHE_CONTROL)
                .filter(text -> DIRECTIVES.splitAsStream(text).anyMatch("no-cache"::equalsIgnoreCase))
                .isPresent();
    }
}
