package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.Latchkey;
import io.latchkey.key.KeyId;
import io.latchkey.lifecycle.Actor;
import io.latchkey.lifecycle.KeyChange;
import io.latchkey.lifecycle.KeyDesk;
import io.latchkey.lifecycle.KeyDraft;
import io.latchkey.lifecycle.Outcome;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
import io.latchkey.model.Revocation;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Fields;
import io.latchkey.rest.Incoming;
import io.latchkey.rest.KeyFields;
import io.latchkey.rest.KeyJson;
import io.latchkey.rest.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Administrators govern the keys of a realm, each within the permissions Keycloak gives them. */
public final class AdminKeysResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;
    private final KeyPermissions permissions;
    private final Latchkey latchkey;
    private final Incoming incoming;
    private final KeyJson json;
    private final Answers answers;

    AdminKeysResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.auth = auth;
        this.event = event;
        this.permissions = new KeyPermissions(session, auth);
        this.latchkey = Latchkey.of(session);
        this.incoming = new Incoming(session);
        this.json = new KeyJson(session, latchkey.keys(), latchkey.clock());
        this.answers =
                new Answers(json, latchkey.policy(realm), session.getContext().getUri());
    }

    @GET
    public Response list() {
        return new KeyListing(session, permissions, incoming)
                .page((query, page) -> Answers.ok(json.list(latchkey.keys().find(query, page.first(), page.max()))));
    }

    @GET
    @Path("count")
    public Response count() {
        return new KeyListing(session, permissions, incoming)
                .page((query, page) -> Answers.ok(JsonNodeFactory.instance
                        .objectNode()
                        .put("count", latchkey.keys().count(query))));
    }

    @POST
    public Response create(byte[] body) {
        return changing(() -> incoming.json(body, document -> {
            Fields fields = Fields.of(document);
            Optional<Owner> owner = new OwnerLookup(session).read(fields);
            // Before anything else is said, so that nobody learns here who exists.
            boolean allowed = owner.map(permissions::canIssue)
                    .orElseGet(() -> permissions.canQuery(
                            document.path("owner").path("type").asText()));
            return allowed
                    ? KeyFields.draft(fields).fold(draft -> create(owner.orElseThrow(), draft), answers::refused)
                    : forbidden();
        }));
    }

    private Response create(Owner owner, KeyDraft draft) {
        return answers.issued(change(desk -> desk.create(owner, draft, actor())), collection());
    }

    /** Hashes of the keys that a filter finds, for another installation's import; in pages like the list. */
    @GET
    @Path("export")
    public Response export() {
        return permissions.canTransfer()
                ? new KeyListing(session, permissions, incoming)
                        .page((query, page) ->
                                transfer().export(query, latchkey.keys().find(query, page.first(), page.max())))
                : forbidden();
    }

    /** Takes over what another installation has exported. */
    @POST
    @Path("import")
    public Response adopt(byte[] body) {
        return changing(() -> permissions.canTransfer()
                ? incoming.json(
                        body, KeyTransfer.MAX_BYTES, document -> transfer().adopt(document, actor().userId()))
                : forbidden());
    }

    private KeyTransfer transfer() {
        return new KeyTransfer(session, this::change);
    }

    @Path("policy")
    public AdminPolicyResource policy() {
        return new AdminPolicyResource(session, auth, event);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return key(id, permissions::canView, answers::key);
    }

    @PATCH
    @Path("{id}")
    public Response patch(@PathParam("id") String id, byte[] body) {
        return changing(() ->
                key(id, permissions::canManage, key -> incoming.json(body, document -> edit(key, document))));
    }

    /** The same as PATCH: {@code kcadm.sh update} sends PUT. */
    @PUT
    @Path("{id}")
    public Response put(@PathParam("id") String id, byte[] body) {
        return patch(id, body);
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id) {
        return changing(() -> key(
                id,
                permissions::canManage,
                key -> answers.gone(
                        change(desk -> desk.revoke(key.id(), Revocation.Reason.ADMIN, incoming.ifMatch())))));
    }

    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, byte[] body) {
        return changing(() -> key(
                id,
                permissions::canIssue,
                key -> incoming.optionalJson(
                        body,
                        document -> KeyFields.rotation(Fields.of(document), incoming.header("Idempotency-Key"))
                                .fold(
                                        order -> answers.issued(
                                                change(desk -> desk.rotate(key.id(), order, actor())), collection()),
                                        answers::refused))));
    }

    /** Ends all keys that a filter finds. */
    @POST
    @Path("revoke")
    public Response revoke(byte[] body) {
        return changing(() -> incoming.json(
                body, document -> new BulkRevocation(session, permissions, this::change).run(Fields.of(document))));
    }

    private Response edit(ApiKey key, ObjectNode document) {
        Outcome<KeyChange> change = KeyFields.change(document, json.one(key), incoming.ifMatch());
        return change.fold(
                wanted -> answers.changed(change(desk -> desk.change(key.id(), wanted, actor()))), answers::refused);
    }

    private Response changing(Supplier<Response> work) {
        return latchkey.inTurn(work).orElseGet(() -> Problem.busy().toResponse());
    }

    private <T> T change(Function<KeyDesk, T> work) {
        return latchkey.change(inner -> new AdminAudit(event.clone(inner)), work);
    }

    private Actor actor() {
        return new Actor(auth.adminAuth().getUser().getId(), true);
    }

    private String collection() {
        return "admin/realms/" + realm.getName() + "/" + AdminKeysProvider.ID;
    }

    private Response key(String id, Predicate<Owner> permission, Function<ApiKey, Response> work) {
        Optional<ApiKey> key = KeyId.parse(id).flatMap(parsed -> latchkey.keys().find(realm.getId(), parsed));
        if (key.isPresent() && permission.test(key.get().owner())) {
            return work.apply(key.get());
        }
        return permissions.canQuery()
                        && key.filter(found -> permissions.canView(found.owner()))
                                .isEmpty()
                ? Problem.notFound().toResponse()
                : forbidden();
    }

    private static Response forbidden() {
        return Problem.forbidden("Your permissions do not include this.").toResponse();
    }
}
