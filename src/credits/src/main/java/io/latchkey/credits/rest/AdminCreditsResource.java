package io.latchkey.credits.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.ApiKeysProvider;
import io.latchkey.credits.ledger.CreditAccount;
import io.latchkey.credits.ledger.CreditAdminStore;
import io.latchkey.credits.ledger.CreditLedger;
import io.latchkey.credits.ledger.CreditPeriod;
import io.latchkey.credits.ledger.CreditQuery;
import io.latchkey.credits.pricing.AllowanceResolver;
import io.latchkey.credits.rest.AllowanceTarget.Target;
import io.latchkey.http.JsonFields;
import io.latchkey.http.Paging;
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
                api.map(name -> Optional.ofNullable(realm.getClientByClientId(name))
                        .filter(permissions::canSee)
                        .map(ClientModel::getId)
                        .orElse("")),
                Optional.ofNullable(requestReader.query("period")));
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
        Optional<UserModel> owner = Optional.ofNullable(requestReader.query("owner"))
                .map(new OwnerLookup(session)::userId)
                .map(id -> session.users().getUserById(realm, id));
        // For a caller who may not see all owners, a missing one looks like a forbidden one.
        boolean allowed = owner.map(user -> permissions.canView(new OwnerLookup(session).owner(user.getId())))
                .orElseGet(
                        () -> requestReader.query("owner") == null ? permissions.canQuery() : permissions.canViewAll());
        if (!allowed) {
            return forbidden();
        }
        return owner.map(user -> KeyResponses.ok(new CreditBalanceReport(session).of(user)))
                .orElseGet(() -> Problem.badRequest(List.of(new FieldError("owner", "must be the id of an owner")))
                        .toResponse());
    }

    /** Sets an allowance that replaces those of the owner's plans. */
    @PUT
    public Response set(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<Target>> target = new AllowanceTarget(session).read(fields, permissions);
            Optional<CreditAmount> credits = fields.required("credits", fields.credits("credits", CreditAmount.MOST));
            Optional<RefillInterval> refill =
                    fields.required("refill", fields.choice("refill", RefillInterval::ofLabel, "day, month, none"));
            return change(target, fields, OperationType.UPDATE, (found, store) -> {
                Allowance allowance = new Allowance(credits.orElseThrow(), refill.orElseThrow());
                store.setAllowance(found.account(), allowance);
                return new Grant(allowance, CreditAmount.ZERO);
            });
        });
    }

    /** Removes the allowance, so that the owner's plans apply again. */
    @DELETE
    public Response remove(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<Target>> target = new AllowanceTarget(session).read(fields, permissions);
            return change(target, fields, OperationType.DELETE, (found, store) -> {
                store.removeAllowance(found.account());
                return new Grant(AllowanceResolver.fromPlans(found.owner(), found.api()), CreditAmount.ZERO);
            });
        });
    }

    /** Tops up the allowance in the current period. */
    @POST
    @Path("top-up")
    public Response topUp(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Optional<Target>> target = new AllowanceTarget(session).read(fields, permissions);
            Optional<CreditAmount> credits = fields.required("credits", fields.credits("credits", CreditAmount.MOST));
            return change(
                    target,
                    fields,
                    OperationType.ACTION,
                    (found, store) -> new Grant(
                            store.allowance(found.account())
                                    .orElseGet(() -> AllowanceResolver.fromPlans(found.owner(), found.api())),
                            credits.orElseThrow()));
        });
    }

    /**
     * @param allowance that applies now
     * @param more top-up for the current period
     */
    private record Grant(Allowance allowance, CreditAmount more) {}

    private interface Change {
        Grant apply(Target target, CreditAdminStore store);
    }

    private Response change(
            Optional<Optional<Target>> allowed, JsonFields fields, OperationType operation, Change work) {
        if (allowed.isEmpty()) {
            return forbidden();
        }
        Optional<Target> target = allowed.get();
        if (!fields.errors().isEmpty()) {
            return Problem.badRequest(fields.errors()).toResponse();
        }
        CreditAccount account = target.orElseThrow().account();
        Subject subject = new Subject(
                operation,
                ResourceType.USER,
                "allowance",
                "users",
                account.ownerId(),
                "api-keys",
                "allowances",
                account.apiId());
        return change.make(subject, inner -> change(inner, target.orElseThrow(), work));
    }

    private Result change(KeycloakSession inner, Target target, Change work) {
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
