package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.Latchkey;
import io.latchkey.adapter.ConfidentialCaller;
import io.latchkey.events.DoorEvents;
import io.latchkey.policy.Violation;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Fields;
import io.latchkey.rest.Incoming;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.rest.Problem;
import io.latchkey.rest.RealmGate;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Where an API asks whether it should serve whoever sent a key, or up to a hundred of them. */
public final class VerifyResource {

    private static final int MOST = 100;
    private static final int MAX_BYTES = 256 * 1024;

    private static final Pattern DIRECTIVES = Pattern.compile("\\s*,\\s*");

    private final KeycloakSession session;

    public VerifyResource(KeycloakSession session) {
        this.session = session;
    }

    @POST
    public Response verify(byte[] body) {
        return caller().map(client -> verify(client, body))
                .orElseGet(() -> KeyChallenge.client(session.getContext().getRealm()));
    }

    private Response verify(ClientModel caller, byte[] body) {
        KeyInquiries inquiries = new KeyInquiries(session, caller, wantsItAfresh());
        VerdictJson json = new VerdictJson(session, caller);
        return new Incoming(session)
                .jsonOrList(
                        body,
                        MAX_BYTES,
                        MOST,
                        one -> answer(
                                List.of(Fields.of(one)),
                                asked -> Answers.ok(
                                        json.write(repeated(caller, asked.get(0), inquiries.answer(asked.get(0)))))),
                        many -> answer(Fields.each(many), asked -> {
                            ArrayNode list = JsonNodeFactory.instance.arrayNode();
                            asked.forEach(inquiry -> list.add(json.write(inquiries.answer(inquiry))));
                            return Answers.ok(list);
                        }));
    }

    private static Response answer(List<Fields> items, Function<List<Inquiry>, Response> answer) {
        List<Inquiry> inquiries = items.stream().map(Inquiry::read).toList();
        List<Violation> wrong =
                items.stream().flatMap(fields -> fields.violations().stream()).toList();
        return wrong.isEmpty()
                ? answer.apply(inquiries)
                : Problem.badRequest(wrong).toResponse();
    }

    /** Good news only: whoever guesses keys has each looked at. */
    private Verdict repeated(ClientModel caller, Inquiry inquiry, Verdict verdict) {
        if (verdict.code() == Verdict.Code.VALID && ConfidentialCaller.provesItselfBySecret(caller)) {
            verdict.key()
                    .ifPresent(accepted -> Latchkey.of(session)
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

    private Optional<ClientModel> caller() {
        if (RealmGate.closed(session).isPresent()) {
            return Optional.empty();
        }
        return ConfidentialCaller.of(session, DoorEvents.at(KeyInquiries.DOOR, session));
    }
}
