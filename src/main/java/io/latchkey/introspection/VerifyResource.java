package io.latchkey.introspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.adapter.CallingClient;
import io.latchkey.adapter.SecureTransport;
import io.latchkey.policy.Violation;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Fields;
import io.latchkey.rest.Incoming;
import io.latchkey.rest.Problem;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** An API asks whether keys it was sent may be used, one at a time or many. */
public final class VerifyResource {

    private static final int MOST = 100;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Incoming incoming;

    public VerifyResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.incoming = new Incoming(session);
    }

    @POST
    public Response verify(byte[] body) {
        if (!realm.isEnabled() || !SecureTransport.isGiven(session)) {
            return Problem.forbidden("This realm does not take such requests.").toResponse();
        }
        EventBuilder event = new EventBuilder(
                        realm, session, session.getContext().getConnection())
                .event(EventType.INTROSPECT_TOKEN);
        ClientModel caller = CallingClient.of(session, event);
        if (caller.isPublicClient()) {
            return Problem.forbidden("Only a confidential client may verify keys.")
                    .toResponse();
        }
        return incoming.jsonOrList(body, MOST, one -> one(caller, one), several -> several(caller, several));
    }

    private Response one(ClientModel caller, ObjectNode json) {
        List<Violation> wrong = new ArrayList<>();
        return KeyQuestion.read(Fields.of(json), wrong::add)
                .map(question -> Answers.ok(new KeyAnswer(session, caller).to(question)))
                .orElseGet(() -> Problem.badRequest(wrong).toResponse());
    }

    private Response several(ClientModel caller, List<ObjectNode> json) {
        List<Violation> wrong = new ArrayList<>();
        List<KeyQuestion> questions = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            KeyQuestion.read(Fields.of(json.get(i), i), wrong::add).ifPresent(questions::add);
        }
        if (!wrong.isEmpty()) {
            return Problem.badRequest(wrong).toResponse();
        }
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        questions.forEach(question -> answers.add(new KeyAnswer(session, caller).to(question)));
        return Answers.ok(answers);
    }
}
