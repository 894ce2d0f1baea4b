package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.ApiKeysProvider;
import io.latchkey.credits.AllowanceResolver;
import io.latchkey.http.JsonFields;
import io.latchkey.http.Paging;
import io.latchkey.http.Problem;
import io.latchkey.http.RequestReader;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAccount;
import io.latchkey.model.CreditPeriod;
import io.latchkey.model.CreditQuery;
import io.latchkey.model.CreditStore;
import io.latchkey.model.Credits;
import io.latchkey.model.Refill;
import io.latchkey.policy.ScopeAndClientResolver;
import io.latchkey.policy.Violation;
import io.latchkey.rest.CreditReport;
import io.latchkey.rest.KeyResponses;
import io.latchkey.rest.admin.AdminSettingChange.Result;
import io.latchkey.rest.admin.AdminSettingChange.Subject;
import io.latchkey.rest.admin.AllowanceTarget.Place;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** What owners may spend at APIs, and have spent. Whoever manages an owner gives credits. */
public final class AdminCreditsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final KeyPermissions permissions;
    private final AdminSettingChange change;
    private final ApiKeysProvider apiKeysProvider;
    private final RequestReader requestReader;

    AdminCreditsResource(KeycloakSession session, KeyPermissions permissions, AdminEventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.permissions = permissions;
        this.change = new AdminSettingChange(session, event);
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.requestReader = new RequestReader(session);
    }

    /** The ledger, latest period first. */
    @GET
    public Response list() {
        if (!permissions.canViewAll()) {
            return forbidden();
        }
        List<Violation> wrong = new ArrayList<>();
        Paging page = Paging.read(requestReader::query, wrong::add);
        if (!wrong.isEmpty()) {
            return Problem.badRequest(wrong).toResponse();
        }
        Optional<String> owner =
                Optional.ofNullable(requestReader.query("owner")).map(new OwnerLookup(session)::userId);
        Optional<String> api = Optional.ofNullable(requestReader.query("api"));
        CreditQuery query = new CreditQuery(
                realm.getId(),
                owner,
                api.map(name ->
                        new ScopeAndClientResolver(realm).audienceId(name).orElse("")),
                Optional.ofNullable(requestReader.query("period")));
        CreditReport listing = new CreditReport(session);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        apiKeysProvider
                .creditStore()
                .find(query, page.first(), page.max())
                .forEach(row -> list.add(listing.owned(row)));
        return KeyResponses.ok(list);
    }

    /** How one owner stands now at every API, also where no call was made yet. */
    @GET
    @Path("current")
    public Response current() {
        Optional<UserModel> owner = Optional.ofNullable(requestReader.query("owner"))
                .map(new OwnerLookup(session)::userId)
                .map(id -> session.users().getUserById(realm, id));
        // To who may not see all owners, one that is missing is as far away as any other.
        boolean allowed = owner.map(user -> permissions.canView(new OwnerLookup(session).owner(user.getId())))
                .orElseGet(
                        () -> requestReader.query("owner") == null ? permissions.canQuery() : permissions.canViewAll());
        if (!allowed) {
            return forbidden();
        }
        return owner.map(user -> KeyResponses.ok(new CreditReport(session).of(user)))
                .orElseGet(() -> Problem.badRequest(List.of(new Violation("owner", "must be the id of an owner")))
                        .toResponse());
    }

    /** Sets an allowance by hand, which counts instead of any plan. */
    @PUT
    public Response set(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<Place>> place = new AllowanceTarget(session).read(fields, permissions);
            Optional<Credits> credits = fields.required("credits", fields.credits("credits", Credits.MOST));
            Optional<Refill> refill =
                    fields.required("refill", fields.choice("refill", Refill::ofLabel, "day, month, none"));
            return change(place, fields, OperationType.UPDATE, (found, store) -> {
                Allowance allowance = new Allowance(credits.orElseThrow(), refill.orElseThrow());
                store.setAllowance(found.account(), allowance);
                return new Grant(allowance, Credits.ZERO);
            });
        });
    }

    /** From now on the owner's plans count. */
    @DELETE
    public Response remove(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<Place>> place = new AllowanceTarget(session).read(fields, permissions);
            return change(place, fields, OperationType.DELETE, (found, store) -> {
                store.removeAllowance(found.account());
                return new Grant(AllowanceResolver.byPlan(found.owner(), found.api()), Credits.ZERO);
            });
        });
    }

    /** Gives more in the present period. */
    @POST
    @Path("top-up")
    public Response topUp(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<Place>> place = new AllowanceTarget(session).read(fields, permissions);
            Optional<Credits> credits = fields.required("credits", fields.credits("credits", Credits.MOST));
            return change(
                    place,
                    fields,
                    OperationType.ACTION,
                    (found, store) -> new Grant(
                            store.allowance(found.account())
                                    .orElseGet(() -> AllowanceResolver.byPlan(found.owner(), found.api())),
                            credits.orElseThrow()));
        });
    }

    /**
     * @param allowance that is in force now
     * @param more for the present period
     */
    private record Grant(Allowance allowance, Credits more) {}

    private interface Work {
        Grant in(Place place, CreditStore store);
    }

    private Response change(Optional<Optional<Place>> allowed, JsonFields fields, OperationType operation, Work work) {
        if (allowed.isEmpty()) {
            return forbidden();
        }
        Optional<Place> place = allowed.get();
        if (!fields.violations().isEmpty()) {
            return Problem.badRequest(fields.violations()).toResponse();
        }
        CreditAccount account = place.orElseThrow().account();
        Subject subject = new Subject(
                operation,
                ResourceType.USER,
                "allowance",
                "users",
                account.ownerId(),
                "api-keys",
                "allowances",
                account.apiId());
        return change.make(subject, inner -> change(inner, place.orElseThrow(), work));
    }

    private Result change(KeycloakSession inner, Place place, Work work) {
        CreditStore store = ApiKeysProvider.of(inner).creditStore();
        Grant grant = work.in(place, store);
        CreditPeriod period = CreditPeriod.of(
                grant.allowance().refill(),
                apiKeysProvider.policy(realm).timeZone(),
                apiKeysProvider.clock().instant());
        String creditId = apiKeysProvider.creditLedger().open(place.account(), period);
        return store.grant(creditId, grant.allowance(), grant.more())
                .map(balance -> Result.made(new CreditReport(inner)
                        .owned(balance)
                        .put("allowance", grant.allowance().toString())))
                .orElseGet(() -> Result.refused(Problem.badRequest(
                        "credits", "must not make more than " + Credits.MOST + " with what was topped up before")));
    }

    private static Response forbidden() {
        return Problem.beyondPermissions().toResponse();
    }
}
