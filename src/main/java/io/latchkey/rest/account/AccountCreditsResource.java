package io.latchkey.rest.account;

import io.latchkey.ApiKeysProvider;
import io.latchkey.credits.SettlementResult;
import io.latchkey.http.JsonFields;
import io.latchkey.http.RequestReader;
import io.latchkey.model.Credits;
import io.latchkey.model.ReservationId;
import io.latchkey.model.Settlement;
import io.latchkey.policy.GatewayClients;
import io.latchkey.rest.ClientRequestReader;
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
public final class AccountCreditsResource {

    private static final String ENDPOINT = "credits";
    private static final int LONGEST = 100;
    private static final int MAX_BYTES = 64 * 1024;

    private final KeycloakSession session;
    private final Supplier<Response> own;

    /** @param own lists the credits of whoever asks */
    AccountCreditsResource(KeycloakSession session, Supplier<Response> own) {
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
        return end(body, AccountCreditsResource::settled);
    }

    @POST
    @Path("settle/batch")
    public Response settleBatch(byte[] body) {
        return endBatch(body, AccountCreditsResource::settled);
    }

    /** The call has failed: nothing is charged. */
    @POST
    @Path("release")
    public Response release(byte[] body) {
        return end(body, AccountCreditsResource::released);
    }

    @POST
    @Path("release/batch")
    public Response releaseBatch(byte[] body) {
        return endBatch(body, AccountCreditsResource::released);
    }

    private static Optional<Settlement> settled(JsonFields fields) {
        Optional<Credits> cost = fields.credits("cost", Credits.MOST).given();
        return reservation(fields).map(id -> {
            Credits charged = cost.orElse(id.amount());
            if (charged.compareTo(id.amount()) > 0) {
                fields.reject("cost", "must not be more than was reserved, which is " + id.amount());
            }
            return Settlement.settled(id, charged);
        });
    }

    private static Optional<Settlement> released(JsonFields fields) {
        return reservation(fields).map(Settlement::released);
    }

    private static Optional<ReservationId> reservation(JsonFields fields) {
        Optional<String> text = fields.required("reservation", fields.text("reservation", 1, LONGEST));
        Optional<ReservationId> id = text.flatMap(ReservationId::parse);
        if (text.isPresent() && id.isEmpty()) {
            fields.reject("reservation", "must be what was answered when credits were reserved");
        }
        return id;
    }

    private Response end(byte[] body, Function<JsonFields, Optional<Settlement>> reader) {
        return request().one(body, reader, (caller, wish) -> {
            SettlementResponse ending = end(caller, wish.stream().toList()).get(0);
            return wantsNoBody() ? ending.toMinimalResponse() : ending.toResponse();
        });
    }

    private Response endBatch(byte[] body, Function<JsonFields, Optional<Settlement>> reader) {
        return request()
                .batch(
                        body,
                        reader,
                        (caller, wishes) -> end(
                                        caller,
                                        wishes.stream()
                                                .flatMap(Optional::stream)
                                                .toList())
                                .stream()
                                .map(SettlementResponse::toJson)
                                .toList());
    }

    private ClientRequestReader request() {
        return new ClientRequestReader(session, ENDPOINT, MAX_BYTES);
    }

    private boolean wantsNoBody() {
        String preferences = new RequestReader(session).header("Prefer").orElse("");
        return Arrays.stream(preferences.split(",")).map(String::strip).anyMatch("return=minimal"::equalsIgnoreCase);
    }

    private List<SettlementResponse> end(ClientModel caller, List<Settlement> wishes) {
        List<SettlementResult> endings = ApiKeysProvider.of(session)
                .chargingService(session.getContext().getRealm())
                .end(wishes, api -> api.equals(caller.getId()) || GatewayClients.isOf(caller));
        return IntStream.range(0, wishes.size())
                .mapToObj(i -> SettlementResponse.of(wishes.get(i), endings.get(i)))
                .toList();
    }
}
