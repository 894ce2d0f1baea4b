package io.latchkey.rest.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.Latchkey;
import io.latchkey.adapter.ConfidentialCaller;
import io.latchkey.credits.Ending;
import io.latchkey.events.DoorEvents;
import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.policy.GatewayRole;
import io.latchkey.policy.Violation;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Fields;
import io.latchkey.rest.Incoming;
import io.latchkey.rest.KeyChallenge;
import io.latchkey.rest.Problem;
import io.latchkey.rest.RealmGate;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** What people have left, and where APIs say how the calls went that credits were set aside for. */
public final class CreditsResource {

    private static final String DOOR = "credits";
    private static final int LONGEST = 100;
    private static final int MOST = 100;
    private static final int MAX_BYTES = 64 * 1024;

    private final KeycloakSession session;
    private final Supplier<Response> own;

    /** @param own lists the credits of whoever asks */
    CreditsResource(KeycloakSession session, Supplier<Response> own) {
        this.session = session;
        this.own = own;
    }

    /** The caller's own credits, at every API that takes some. */
    @GET
    public Response list() {
        return own.get();
    }

    /** The call has succeeded: its price is charged, or less. */
    @POST
    @Path("settle")
    public Response settle(byte[] body) {
        return end(body, fields -> {
            Optional<Credits> cost = fields.credits("cost", Credits.MOST).given();
            return reservation(fields).flatMap(id -> {
                Credits charged = cost.orElse(id.amount());
                if (charged.compareTo(id.amount()) > 0) {
                    fields.reject("cost", "must not be more than was reserved, which is " + id.amount());
                }
                return Optional.of(Settlement.settled(id, charged));
            });
        });
    }

    /** The call has failed: nothing is charged. */
    @POST
    @Path("release")
    public Response release(byte[] body) {
        return end(body, fields -> reservation(fields).map(Settlement::released));
    }

    private static Optional<ReservationId> reservation(Fields fields) {
        Optional<String> text = fields.required("reservation", fields.text("reservation", 1, LONGEST));
        Optional<ReservationId> id = text.flatMap(ReservationId::parse);
        if (text.isPresent() && id.isEmpty()) {
            fields.reject("reservation", "must be what was answered when credits were reserved");
        }
        return id;
    }

    private Response end(byte[] body, Function<Fields, Optional<Settlement>> reader) {
        return caller().map(client -> end(client, body, reader))
                .orElseGet(() -> KeyChallenge.client(session.getContext().getRealm()));
    }

    private Response end(ClientModel caller, byte[] body, Function<Fields, Optional<Settlement>> reader) {
        return new Incoming(session)
                .jsonOrList(
                        body,
                        MAX_BYTES,
                        MOST,
                        one -> end(
                                caller,
                                List.of(Fields.of(one)),
                                reader,
                                endings -> wantsNoBody()
                                        ? endings.get(0).toMinimalResponse()
                                        : endings.get(0).toResponse()),
                        many -> end(caller, Fields.each(many), reader, endings -> {
                            ArrayNode list = JsonNodeFactory.instance.arrayNode();
                            endings.forEach(ending -> list.add(ending.toJson()));
                            return Answers.ok(list);
                        }));
    }

    private boolean wantsNoBody() {
        String preferences = new Incoming(session).header("Prefer").orElse("");
        return Arrays.stream(preferences.split(",")).map(String::strip).anyMatch("return=minimal"::equalsIgnoreCase);
    }

    private Optional<ClientModel> caller() {
        return RealmGate.closed(session).isPresent()
                ? Optional.empty()
                : ConfidentialCaller.of(session, DoorEvents.at(DOOR, session));
    }

    private Response end(
            ClientModel caller,
            List<Fields> items,
            Function<Fields, Optional<Settlement>> reader,
            Function<List<EndingAnswer>, Response> answer) {
        List<Optional<Settlement>> read = items.stream().map(reader).toList();
        List<Violation> wrong =
                items.stream().flatMap(fields -> fields.violations().stream()).toList();
        if (!wrong.isEmpty()) {
            return Problem.badRequest(wrong).toResponse();
        }
        List<Settlement> wishes = read.stream().flatMap(Optional::stream).toList();
        List<Ending> endings = Latchkey.of(session)
                .till(session.getContext().getRealm())
                .end(wishes, api -> api.equals(caller.getId()) || GatewayRole.isOf(caller));
        return answer.apply(IntStream.range(0, wishes.size())
                .mapToObj(i -> EndingAnswer.of(wishes.get(i), endings.get(i)))
                .toList());
    }
}
