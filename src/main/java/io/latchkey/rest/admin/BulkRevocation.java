package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.JsonFields;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.keys.KeyChangeResult;
import io.latchkey.keys.KeyContext;
import io.latchkey.keys.KeyRevocation;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ExpiryFilter;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Revocation;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.KeyResponses;
import io.latchkey.rest.OwnerLookup;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Revokes all keys that a filter matches, at most {@value #LIMIT} per request, in transactions of {@value Batches#SIZE}.
 * The response says whether more remain.
 */
final class BulkRevocation {

    private static final int LIMIT = 1000;
    private static final int LONGEST = 255;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;
    private final AdminKeyPermissions permissions;
    private final Function<Function<KeyContext, Long>, Long> change;

    BulkRevocation(
            KeycloakSession session,
            AdminKeyPermissions permissions,
            Function<Function<KeyContext, Long>, Long> change) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.permissions = permissions;
        this.change = change;
    }

    Response run(JsonFields fields) {
        if (!permissions.canManageAll()) {
            return ProblemType.FORBIDDEN.toResponse();
        }
        Optional<KeyQuery> query = read(fields);
        return query.isPresent()
                ? revoke(query.get())
                : Problem.badRequest(fields.errors()).toResponse();
    }

    private Optional<KeyQuery> read(JsonFields fields) {
        Optional<String> owner = fields.text("owner", 1, LONGEST).given();
        Optional<String> search = fields.freeText("q", 1, LONGEST).given();
        Optional<KeyStatus> status = fields.choice(
                        "status", BulkRevocation::living, "active, disabled, expired, rotating")
                .given();
        Optional<Instant> unusedSince = fields.instant("unusedSince").given();
        boolean neverUsed = fields.flag("neverUsed").given().orElse(false);
        ExpiryFilter expiry = new ExpiryFilter(
                fields.instant("expiringBefore").given(),
                fields.instant("expiringAfter").given(),
                fields.flag("neverExpires").given().orElse(false));
        boolean outOfPolicy = fields.flag("outOfPolicy").given().orElse(false);
        boolean all = fields.flag("all").given().orElse(false);
        boolean filtered = neverUsed
                || outOfPolicy
                || expiry.isGiven()
                || Stream.of(owner, search, status, unusedSince).anyMatch(Optional::isPresent);
        if (filtered == all) {
            fields.reject("all", "give a filter, or true to revoke every key of the realm");
        }
        return fields.errors().isEmpty()
                ? Optional.of(new KeyQuery(
                        realm.getId(),
                        owner.map(new OwnerLookup(session)::userId),
                        status,
                        search,
                        unusedSince,
                        neverUsed,
                        expiry,
                        outOfPolicy ? Optional.of(apiKeysProvider.policy(realm).bounds()) : Optional.empty(),
                        apiKeysProvider.clock().instant()))
                : Optional.empty();
    }

    /** Revoking what is revoked would find the same keys again and again. */
    private static Optional<KeyStatus> living(String label) {
        return KeyStatus.ofLabel(label).filter(status -> status != KeyStatus.REVOKED);
    }

    private Response revoke(KeyQuery query) {
        List<ApiKey> found = apiKeysProvider.keyStore().find(query, 0, LIMIT + 1);
        // One order for all, so that two of these cannot wait for each other's owners.
        List<ApiKey> now = found.stream()
                .limit(LIMIT)
                .sorted(Comparator.comparing(key -> key.owner().id()))
                .toList();
        long revoked = Batches.of(now).stream()
                .mapToLong(batch -> change.apply(context -> batch.stream()
                        .map(key ->
                                new KeyRevocation(context).revoke(key.id(), Revocation.Reason.ADMIN, version -> true))
                        .filter(KeyChangeResult.Done.class::isInstance)
                        .count()))
                .sum();
        return KeyResponses.ok(
                JsonNodeFactory.instance.objectNode().put("revoked", revoked).put("more", found.size() > LIMIT));
    }
}
