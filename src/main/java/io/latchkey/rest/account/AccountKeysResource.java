package io.latchkey.rest.account;

import io.latchkey.ApiKeysProvider;
import io.latchkey.charging.ChargingProvider;
import io.latchkey.events.KeyUserEvents;
import io.latchkey.http.JsonFields;
import io.latchkey.http.ListParameters;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.AccountCaller;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keys.Actor;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.Revocation;
import io.latchkey.policy.FieldError;
import io.latchkey.rest.KeyEndpoints;
import io.latchkey.rest.KeyQueryReader;
import io.latchkey.rest.KeyResponses;
import io.latchkey.rest.UsageEndpoints;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Serves self-service: users manage their own keys and read their policy, usage and credits, with a token for audience
 * account.
 */
public final class AccountKeysResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientConnection connection;
    private final ApiKeysProvider apiKeysProvider;
    private final RequestReader requestReader;
    private final KeyResponses keyResponses;

    public AccountKeysResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = CallerConnection.of(session);
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.requestReader = new RequestReader(session);
        this.keyResponses = new KeyResponses(session, HttpHeaders.LOCATION, "realms");
    }

    @GET
    public Response list() {
        return reading(caller -> {
            List<FieldError> wrong = new ArrayList<>();
            ListParameters page = ListParameters.read(requestReader::query, wrong::add);
            KeyQuery query = new KeyQueryReader(requestReader::query, wrong::add)
                    .read(
                            realm.getId(),
                            Optional.of(caller.user().getId()),
                            page.q(),
                            apiKeysProvider.clock().instant(),
                            () -> apiKeysProvider.policy(realm));
            return wrong.isEmpty()
                    ? keyResponses.list(apiKeysProvider.keyStore().find(query, page.first(), page.max()))
                    : Problem.badRequest(wrong).toResponse();
        });
    }

    @POST
    public Response create(byte[] body) {
        return issuing(caller -> requestReader.json(
                body,
                document -> work(caller).create(Optional.of(caller.owner()), JsonFields.of(document), actor(caller))));
    }

    /** What this caller may do, for a page that wants to say so beforehand. */
    @GET
    @Path("policy")
    public Response policy() {
        return reading(caller -> KeyResponses.ok(new SelfServicePolicy(session).describe(caller)));
    }

    /** How often the caller's keys were used, by hour or day, as JSON or as comma-separated values. */
    @GET
    @Path("usage")
    public Response usage() {
        return reading(caller ->
                new UsageEndpoints(session, requestReader).own(caller.user().getId()));
    }

    /** How often each of the caller's keys was used, day by day. */
    @GET
    @Path("usage/daily")
    public Response dailyUsage() {
        return reading(caller -> new UsageEndpoints(session, requestReader)
                .daily(Optional.of(caller.user().getId())));
    }

    /** Lists the caller's credits at every API. */
    public Response credits(ChargingProvider charging) {
        return reading(caller -> KeyResponses.ok(charging.describe(caller.user())));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return reading(caller -> own(caller, id, keyResponses::key));
    }

    @PATCH
    @Path("{id}")
    public Response patch(@PathParam("id") String id, byte[] body) {
        return managing(caller -> own(caller, id, key -> work(caller).edit(key, body, actor(caller))));
    }

    /** The same as PATCH, for clients that read, edit and send back a whole representation. */
    @PUT
    @Path("{id}")
    public Response put(@PathParam("id") String id, byte[] body) {
        return patch(id, body);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        return managing(caller -> own(caller, id, key -> work(caller).revoke(key, Revocation.Reason.OWNER)));
    }

    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, byte[] body) {
        return issuing(caller -> own(caller, id, key -> work(caller).rotate(key, body, actor(caller))));
    }

    private KeyEndpoints work(AccountCaller caller) {
        return new KeyEndpoints(session, keyResponses, inner -> new KeyUserEvents(() -> event(inner, caller)));
    }

    private EventBuilder event(KeycloakSession inner, AccountCaller caller) {
        EventBuilder event = new EventBuilder(inner.getContext().getRealm(), inner, connection);
        return event.client(caller.clientId()).session(caller.sessionId().orElse(null));
    }

    private Actor actor(AccountCaller caller) {
        return managementTokens().actor(caller);
    }

    private ManagementTokenCheck managementTokens() {
        return new ManagementTokenCheck(session, apiKeysProvider.policy(realm));
    }

    /** Works with one of the caller's own keys; any other answers as if it did not exist. */
    private Response own(AccountCaller caller, String id, Function<ApiKey, Response> answer) {
        return KeyId.parse(id)
                .flatMap(parsed -> apiKeysProvider.keyStore().find(realm.getId(), parsed))
                .filter(key -> key.owner().equals(caller.owner()))
                .map(answer)
                .orElseGet(() -> ProblemType.NOT_FOUND
                        .problem("You have no key with this id.")
                        .toResponse());
    }

    private Response reading(Function<AccountCaller, Response> answer) {
        return as(AccountCaller::mayRead, answer);
    }

    private Response managing(Function<AccountCaller, Response> answer) {
        Supplier<Response> managed = () -> as(AccountCaller::mayManage, answer);
        // Strangers take no turn: they could keep all of them while another node hangs.
        return AccountCaller.bearsOwnToken(session)
                ? apiKeysProvider.withPermit(managed).orElseGet(() -> ProblemType.BUSY.toResponse())
                : managed.get();
    }

    /** What hands out a key may ask for a recent login. */
    private Response issuing(Function<AccountCaller, Response> answer) {
        return managing(caller ->
                managementTokens().isRecent(caller, apiKeysProvider.clock().instant())
                        ? answer.apply(caller)
                        : ProblemType.REAUTHENTICATION_REQUIRED.toResponse());
    }

    private Response as(Predicate<AccountCaller> permission, Function<AccountCaller, Response> answer) {
        Optional<AccountCaller> caller = AccountCaller.of(session);
        if (caller.isEmpty()) {
            return ProblemType.UNAUTHORIZED.toResponse();
        }
        return permission.test(caller.get())
                ? answer.apply(caller.get())
                : ProblemType.FORBIDDEN
                        .problem("The access token does not allow this.")
                        .toResponse();
    }
}
