package io.latchkey.credits.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.credits.pricing.PriceList;
import io.latchkey.credits.pricing.PriceLists;
import io.latchkey.http.JsonFields;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.model.CreditAmount;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.AdminSettingChange;
import io.latchkey.rest.AdminSettingChange.Result;
import io.latchkey.rest.AdminSettingChange.Subject;
import io.latchkey.rest.ChargeJson;
import io.latchkey.rest.KeyResponses;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Serves the price lists of APIs to administrators, and validates them before it writes them to client attributes. */
public final class PricesResource {

    private static final int LONGEST_LINE = 1000;

    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminKeyPermissions permissions;
    private final AdminSettingChange change;
    private final RequestReader requestReader;

    public PricesResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.realm = session.getContext().getRealm();
        this.auth = auth;
        this.permissions = new AdminKeyPermissions(session, auth);
        this.change = new AdminSettingChange(session, event);
        this.requestReader = new RequestReader(session);
    }

    /** Lists the price list of every client that has one. */
    @GET
    public Response list() {
        if (!auth.clients().canView()) {
            return ProblemType.FORBIDDEN.toResponse();
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        realm.getClientsStream()
                .filter(permissions::canSee)
                .flatMap(PricesResource::priced)
                .forEach(list::add);
        return KeyResponses.ok(list);
    }

    /** Replaces the price list of one client. */
    @PUT
    public Response put(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<ClientModel> api = AllowanceTarget.api(realm, fields, permissions);
            List<String> lines = fields.required(
                            "prices", fields.storedTexts("prices", PriceList.MAX_LINES, LONGEST_LINE))
                    .orElse(List.of());
            invalid(lines)
                    .forEach(line -> fields.reject(
                            line,
                            "must be a price, with a path or a method and a path before it,"
                                    + " such as GET /search/** 0.5, /batch 2 or 1"));
            if (document.path("prices").isEmpty() && fields.errors().isEmpty()) {
                fields.reject("prices", "must have a line");
            }
            return change(api, fields, Optional.of(PriceList.join(lines)));
        });
    }

    /** Removes the price list of one client. */
    @DELETE
    public Response delete(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            return change(AllowanceTarget.api(realm, fields, permissions), fields, Optional.empty());
        });
    }

    private Response change(Optional<ClientModel> api, JsonFields fields, Optional<String> text) {
        // Checked before any error is reported, which would reveal which clients exist.
        boolean allowed = api.map(auth.clients()::canConfigure).orElseGet(auth.clients()::canView);
        if (!allowed) {
            return ProblemType.FORBIDDEN.toResponse();
        }
        if (!fields.errors().isEmpty()) {
            return Problem.badRequest(fields.errors()).toResponse();
        }
        String id = api.orElseThrow().getId();
        Subject subject =
                new Subject(OperationType.UPDATE, ResourceType.CLIENT, "prices", "clients", id, "api-keys", "prices");
        return change.make(subject, inner -> {
            ClientModel changed = inner.getContext().getRealm().getClientById(id);
            text.ifPresentOrElse(
                    list -> changed.setAttribute(PriceLists.ATTRIBUTE, list),
                    () -> changed.removeAttribute(PriceLists.ATTRIBUTE));
            return Result.made(document(changed, text.orElse("")));
        });
    }

    private static Stream<ObjectNode> priced(ClientModel client) {
        return Stream.ofNullable(client.getAttribute(PriceLists.ATTRIBUTE))
                .filter(text -> !text.isBlank())
                .map(text -> document(client, text));
    }

    private static ObjectNode document(ClientModel api, String text) {
        List<String> lines = PriceList.split(text);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("api", api.getClientId());
        lines.forEach(json.putArray("prices")::add);
        invalid(lines).forEach(json.putArray("faults")::add);
        CreditAmount most =
                text.isBlank() ? CreditAmount.ZERO : PriceList.parse(text).most();
        return ChargeJson.put(json, "most", most);
    }

    /** The places of invalid lines. */
    private static Stream<String> invalid(List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> !PriceList.isLine(lines.get(i)))
                .mapToObj(i -> "prices[" + i + "]");
    }
}
