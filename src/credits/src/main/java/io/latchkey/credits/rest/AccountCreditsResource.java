package io.latchkey.credits.rest;

import io.latchkey.credits.lease.RealmChargingService;
import io.latchkey.credits.lease.SettlementReply;
import io.latchkey.credits.ledger.ReservationId;
import io.latchkey.credits.ledger.Settlement;
import io.latchkey.http.JsonFields;
import io.latchkey.http.RequestReader;
import io.latchkey.model.CreditAmount;
import io.latchkey.policy.ScopeAndClientResolver;
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
import org.keycloak.models.RealmModel;

/** Serves the caller's own credits, and lets APIs and gateways settle or release reservations. */
public final class AccountCreditsResource {

    private static final String ENDPOINT = "credits";
    private static final int MAX_LENGTH = 100;
    private static final int MAX_BYTES = 64 * 1024;

    private final KeycloakSession session;
    private final Supplier<Response> own;
    private final Function<RealmModel, RealmChargingService> charging;

    /** @param own lists the caller's credits */
    public AccountCreditsResource(
            KeycloakSession session, Supplier<Response> own, Function<RealmModel, RealmChargingService> charging) {
        this.session = session;
        this.own = own;
        this.charging = charging;
    }

    /** Lists the caller's own credits at every API with prices. */
    @GET
    public Response list() {
        return own.get();
    }

    /** Charges a successful call: the reserved amount, or less. */
    @POST
    @Path("settle")
    public Response settle(byte[] body) {
        return settle(body, AccountCreditsResource::settled);
    }

    @POST
    @Path("settle/batch")
    public Response settleBatch(byte[] body) {
        return settleBatch(body, AccountCreditsResource::settled);
    }

    /** Charges nothing for a failed call. */
    @POST
    @Path("release")
    public Response release(byte[] body) {
        return settle(body, AccountCreditsResource::released);
    }

    @POST
    @Path("release/batch")
    public Response releaseBatch(byte[] body) {
        return settleBatch(body, AccountCreditsResource::released);
    }

    private static Optional<Settlement> settled(JsonFields fields) {
        Optional<CreditAmount> cost = fields.credits("cost", CreditAmount.MOST).given();
        return reservation(fields).map(id -> {
            CreditAmount charged = cost.orElse(id.amount());
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
        Optional<String> text = fields.required("reservation", fields.text("reservation", 1, MAX_LENGTH));
        Optional<ReservationId> id = text.flatMap(ReservationId::parse);
        if (text.isPresent() && id.isEmpty()) {
            fields.reject("reservation", "must be what was answered when credits were reserved");
        }
        return id;
    }

    private Response settle(byte[] body, Function<JsonFields, Optional<Settlement>> reader) {
        return request().one(body, reader, (caller, settlement) -> {
            SettlementResponse response = settle(caller, List.of(settlement)).get(0);
            return wantsNoBody() ? response.toMinimalResponse() : response.toResponse();
        });
    }

    private Response settleBatch(byte[] body, Function<JsonFields, Optional<Settlement>> reader) {
        return request()
                .batch(
                        body,
                        reader,
                        (caller, settlements) -> settle(caller, settlements).stream()
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

    private List<SettlementResponse> settle(ClientModel caller, List<Optional<Settlement>> requests) {
        List<Settlement> settlements =
                requests.stream().flatMap(Optional::stream).toList();
        List<SettlementReply> results = charging.apply(session.getContext().getRealm())
                .settle(settlements, api -> api.equals(caller.getId()) || ScopeAndClientResolver.isGateway(caller));
        return IntStream.range(0, settlements.size())
                .mapToObj(i -> SettlementResponse.of(settlements.get(i), results.get(i)))
                .toList();
    }
}
