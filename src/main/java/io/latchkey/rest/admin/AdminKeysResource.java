package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.JsonFields;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.key.KeyId;
import io.latchkey.keycloak.TokenUserSession;
import io.latchkey.keys.Actor;
import io.latchkey.keys.KeyChangeRefusal;
import io.latchkey.model.ApiKey;
import io.latchkey.model.Owner;
import io.latchkey.model.Revocation;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.KeyEndpoints;
import io.latchkey.rest.KeyResponses;
import io.latchkey.rest.OwnerLookup;
import io.latchkey.rest.OwnerLookup.Named;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Serves the administration of a realm's keys, within the administrator's permissions. */
public final class AdminKeysResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;
    private final AdminKeyPermissions permissions;
    private final ApiKeysProvider apiKeysProvider;
    private final RequestReader requestReader;
    private final KeyResponses keyResponses;
    private final KeyEndpoints work;

    public AdminKeysResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.auth = auth;
        this.event = event;
        this.permissions = new AdminKeyPermissions(session, auth);
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.requestReader = new RequestReader(session);
        // kcadm.sh fetches what a Location names, and would show a new key without its text.
        this.keyResponses = new KeyResponses(session, HttpHeaders.CONTENT_LOCATION, "admin/realms");
        this.work = new KeyEndpoints(session, keyResponses, inner -> new AdminEventAudit(event.clone(inner)));
    }

    @GET
    public Response list() {
        return new AdminKeyQueries(session, permissions, requestReader)
                .page((query, page) ->
                        keyResponses.list(apiKeysProvider.keyStore().find(query, page.first(), page.max())));
    }

    @GET
    @Path("count")
    public Response count() {
        return new AdminKeyQueries(session, permissions, requestReader)
                .page((query, page) -> KeyResponses.ok(JsonNodeFactory.instance
                        .objectNode()
                        .put("count", apiKeysProvider.keyStore().count(query))));
    }

    @POST
    public Response create(byte[] body) {
        return work.withPermit(() -> requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            Optional<Named> named = new OwnerLookup(session).read(fields, permissions::canSee);
            // Checked before any error is reported, which would reveal who exists.
            boolean allowed = named.map(permissions::canIssue)
                    .orElseGet(() -> permissions.canQuery(
                            document.path("owner").path("type").asText()));
            return allowed ? work.create(named.flatMap(Named::owner), fields, actor()) : forbidden();
        }));
    }

    /** Hashes of all keys that a filter finds, for another installation's import. */
    @GET
    @Path("export")
    public Response export() {
        return permissions.canTransfer()
                ? new AdminKeyQueries(session, permissions, requestReader).all(transfer()::export)
                : forbidden();
    }

    /** Takes over what another installation has exported. */
    @POST
    @Path("import")
    public Response importKeys(byte[] body) {
        Actor actor = actor();
        return work.withPermit(() -> {
            if (!permissions.canTransfer()) {
                return forbidden();
            }
            return actor.barrier()
                    .map(keyResponses::refused)
                    .orElseGet(() -> requestReader.json(
                            body,
                            KeyExportImport.MAX_BYTES,
                            document -> transfer().importKeys(document, actor)));
        });
    }

    private KeyExportImport transfer() {
        return new KeyExportImport(session, work::change);
    }

    /** How often keys were used, by hour or day, as JSON or as comma-separated values. */
    @GET
    @Path("usage")
    public Response usage() {
        return new AdminKeyQueries(session, permissions, requestReader).usage();
    }

    /** What the caller may do here. */
    @GET
    @Path("access")
    public Response access() {
        OwnerLookup owners = new OwnerLookup(session);
        return KeyResponses.ok(permissions.describe(Optional.ofNullable(requestReader.query("owner"))
                .map(owners::userId)
                .map(owners::owner)));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return key(id, permissions::canView, keyResponses::key);
    }

    @PATCH
    @Path("{id}")
    public Response patch(@PathParam("id") String id, byte[] body) {
        return work.withPermit(() -> key(id, permissions::canManage, key -> work.edit(key, body, actor())));
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
        return work.withPermit(() -> key(id, permissions::canManage, key -> work.revoke(key, Revocation.Reason.ADMIN)));
    }

    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, byte[] body) {
        return work.withPermit(() -> key(id, permissions::canIssue, key -> work.rotate(key, body, actor())));
    }

    /** Returns the key that was found somewhere, by its text or by its hash. */
    @POST
    @Path("lookup")
    public Response lookup(byte[] body) {
        return requestReader.json(body, document -> {
            JsonFields fields = JsonFields.of(document);
            LookupRequest request = LookupRequest.read(fields);
            return fields.errors().isEmpty()
                    ? key(
                            request.find(apiKeysProvider, realm),
                            permissions::canView,
                            keyResponses::key,
                            request.hash().isPresent() ? "hash" : "text")
                    : Problem.badRequest(fields.errors()).toResponse();
        });
    }

    /** Ends all keys that a filter finds. */
    @POST
    @Path("revoke")
    public Response revoke(byte[] body) {
        return work.withPermit(() -> requestReader.json(
                body, document -> new BulkRevocation(session, permissions, work::change).run(JsonFields.of(document))));
    }

    private Actor actor() {
        AdminAuth admin = auth.adminAuth();
        boolean impersonated =
                TokenUserSession.of(session, admin.getRealm(), admin.getToken()).impersonated();
        return new Actor(
                admin.getUser().getId(),
                true,
                Optional.of(admin.getClient().getClientId()),
                permissions,
                impersonated ? Optional.of(KeyChangeRefusal.impersonated()) : Optional.empty());
    }

    private Response key(String id, Predicate<Owner> permission, Function<ApiKey, Response> answer) {
        return key(
                KeyId.parse(id).flatMap(parsed -> apiKeysProvider.keyStore().find(realm.getId(), parsed)),
                permission,
                answer,
                "id");
    }

    /** @param given by what the request names the key */
    private Response key(
            Optional<ApiKey> key, Predicate<Owner> permission, Function<ApiKey, Response> answer, String given) {
        if (key.isPresent() && permission.test(key.get().owner())) {
            return answer.apply(key.get());
        }
        return permissions.canQuery()
                        && key.filter(found -> permissions.canView(found.owner()))
                                .isEmpty()
                ? ProblemType.NOT_FOUND
                        .problem("The realm has no key with this " + given + ".")
                        .toResponse()
                : forbidden();
    }

    private static Response forbidden() {
        return ProblemType.FORBIDDEN.toResponse();
    }
}
