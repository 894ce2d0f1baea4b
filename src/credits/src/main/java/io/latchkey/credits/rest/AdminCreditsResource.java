package io.latchkey.credits.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.ApiKeysProvider;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditAdminStore;
import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.CreditQuery;
import io.latchkey.http.JsonFields;
import io.latchkey.http.ListParameters;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.model.Allowance;
import io.latchkey.model.CreditAmount;
import io.latchkey.model.RefillInterval;
import io.latchkey.policy.FieldError;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.AdminSettingChange;
import io.latchkey.rest.AdminSettingChange.Result;
import io.latchkey.rest.AdminSettingChange.Subject;
import io.latchkey.rest.KeyResponses;
import io.latchkey.rest.OwnerLookup;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Serves the ledger to administrators, and lets those who manage an owner set and top up allowances. */
public final class AdminCreditsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminKeyPermissions permissions;
    private final CreditLedger ledger;
    private final AdminSettingChange change;
    private final ApiKeysProvider apiKeysProvider;
    private final RequestReader requestReader;

    public AdminCreditsResource(
            KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event, CreditLedger ledger) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.permissions = new AdminKeyPermissions(session, auth);
        this.ledger = ledger;
        this.change = new AdminSettingChange(session, event);
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.requestReader = new RequestReader(session);
    }

    /** Lists the ledger, latest period first. */
    @GET
    public Response list() {
        if (!permissions.canViewAll()) {
            return forbidden();
        }
        List<FieldError> wrong = new ArrayList<>();
        ListParameters page = ListParameters.read(requestReader::query, wrong::add);
        if (!wrong.isEmpty()) {
            return Problem.badRequest(wrong).toResponse();
        }
        Optional<String> owner = query("owner").map(new OwnerLookup(session)::userId);
        Optional<String> api = query("api")
                .map(name -> Optional.ofNullable(realm.getClientByClientId(name))
                        .filter(permissions::canSee)
                        .map(ClientModel::getId)
                        .orElse(""));
        CreditQuery query = new CreditQuery(realm.getId(), owner, api, query("period"));
        CreditBalanceReport listing = new CreditBalanceReport(session);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        new CreditAdminStore(session)
                .find(query, page.first(), page.max())
                .forEach(row -> list.add(listing.withOwner(row)));
        return KeyResponses.ok(list);
    }

    /** Lists one owner's current balances at every API, also before the first call. */
    @GET
    @Path("current")
    public Response current() {
        Optional<UserModel> owner = query("owner")
                .map(new OwnerLookup(session)::userId)
                .map(id -> session.users().getUserById(realm, id));
        // For a caller who may not see all owners, a missing one looks like a forbidden one.
        boolean allowed = owner.map(user -> permissions.canView(new OwnerLookup(session).owner(user.getId())))
                .orElseGet(() -> query("owner").isEmpty() ? permissions.canQuery() : permissions.canViewAll());
        if (!allowed) {
            return forbidden();
        }
        return owner.map(user -> KeyResponses.ok(new CreditBalanceReport(session).of(user)))
                .orElseGet(() -> Problem.badRequest(List.of(new FieldError("owner", "must be the id of an owner")))
                        .toResponse());
    }

    private Optional<String> query(String name) {
        return Optional.ofNullable(requestReader.query(name));
    }

    /** Sets an allowance that replaces those of the owner's plans. */
    @PUT
    public Response set(byte[] body) {
        return change(body, OperationType.UPDATE, fields -> {
            Optional<CreditAmount> credits = credits(fields);
            Optional<RefillInterval> refill =
                    fields.required("refill", fields.choice("refill", RefillInterval::ofLabel, "day, month, none"));
            return (target, store) -> {
                Allowance allowance = new Allowance(credits.orElseThrow(), refill.orElseThrow());
                store.setAllowance(target.account(), allowance);
                return new Grant(allowance, CreditAmount.ZERO);
            };
        });
    }

    /** Removes the allowance, so that the owner's plans apply again. */
    @DELETE
    public Response remove(byte[] body) {
        return change(body, OperationType.DELETE, fields -> (target, store) -> {
            store.removeAllowance(target.account());
            return new Grant(target.fromPlans(), CreditAmount.ZERO);
        });
    }

    /** Tops up the allowance in the current period. */
    @POST
    @Path("top-up")
    public Response topUp(byte[] body) {
        return change(body, OperationType.ACTION, fields -> {
            Optional<CreditAmount> credits = credits(fields);
            return (target, store) ->
                    new Grant(store.allowance(target.account()).orElseGet(target::fromPlans), credits.orElseThrow());
        });
    }

    private static Optional<CreditAmount> credits(JsonFields fields) {
        return fields.required("credits", fields.credits("credits", CreditAmount.MOST));
    }

    /**
     * @param allowance that applies now
     * @param more top-up for the current period
     */
    private record Grant(Allowance allowance, CreditAmount more) {}

    private interface Change extends BiFunction<AllowanceTarget, CreditAdminStore, Grant> {}

    /** @param reader reads what is changed; it is not applied if the request has an error */
    private Response change(byte[] body, OperationType operation, Function<JsonFields, Change> reader) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<AllowanceTarget>> allowed = AllowanceTarget.read(session, fields, permissions);
            Change change = reader.apply(fields);
            if (allowed.isEmpty()) {
                return forbidden();
            }
            return fields.errors().isEmpty()
                    ? change(allowed.get().orElseThrow(), operation, change)
                    : Problem.badRequest(fields.errors()).toResponse();
        });
    }

    private Response change(AllowanceTarget target, OperationType operation, Change work) {
        CreditAccount account = target.account();
        String[] path = {"users", account.ownerId(), "api-keys", "allowances", account.apiId()};
        Subject subject = new Subject(operation, ResourceType.USER, "allowance", path);
        return change.make(subject, inner -> change(inner, target, work));
    }

    private Result change(KeycloakSession inner, AllowanceTarget target, Change work) {
        CreditAdminStore store = new CreditAdminStore(inner);
        Grant grant = work.apply(target, store);
        CreditPeriod period = CreditPeriod.of(
                grant.allowance().refillInterval(),
                apiKeysProvider.policy(realm).timeZone(),
                apiKeysProvider.clock().instant());
        String creditId = ledger.open(target.account(), period);
        return store.grant(creditId, grant.allowance(), grant.more())
                .map(balance -> Result.made(new CreditBalanceReport(inner)
                        .withOwner(balance)
                        .put("allowance", grant.allowance().toString())))
                .orElseGet(() -> Result.refused(Problem.badRequest(
                        "credits",
                        "must not make more than " + CreditAmount.MOST + " with what was topped up before")));
    }

    private static Response forbidden() {
        return ProblemType.FORBIDDEN.toResponse();
    }
}
