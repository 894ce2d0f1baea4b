package io.latchkey.rest.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.latchkey.Latchkey;
import io.latchkey.lifecycle.KeyDesk;
import io.latchkey.lifecycle.Outcome;
import io.latchkey.model.ApiKey;
import io.latchkey.model.KeyQuery;
import io.latchkey.model.KeyStatus;
import io.latchkey.model.Revocation;
import io.latchkey.rest.Answers;
import io.latchkey.rest.Fields;
import io.latchkey.rest.Problem;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** Ends all keys a filter finds, at most {@value #LIMIT} per request; the answer says whether there are more. */
final class BulkRevocation {

    private static final int LIMIT = 1000;
    private static final int LONGEST = 255;

    private final KeycloakSession session;
    private final KeyPermissions permissions;
    private final Function<Function<KeyDesk, Long>, Long> change;

    BulkRevocation(
            KeycloakSession session, KeyPermissions permissions, Function<Function<KeyDesk, Long>, Long> change) {
        this.session = session;
        this.permissions = permissions;
        this.change = change;
    }

    Response run(Fields fields) {
        if (!permissions.canManageAll()) {
            return Problem.beyondPermissions().toResponse();
        }
        Optional<KeyQuery> query = read(fields);
        return query.isPresent()
                ? revoke(query.get())
                : Problem.badRequest(fields.violations()).toResponse();
    }

    private Optional<KeyQuery> read(Fields fields) {
        Optional<String> owner = fields.text("owner", 1, LONGEST).given();
        Optional<String> search = fields.text("q", 1, LONGEST).given();
        Optional<KeyStatus> status = fields.choice(
                        "status", BulkRevocation::living, "active, disabled, expired, rotating")
                .given();
        Optional<Instant> unusedSince = fields.instant("unusedSince").given();
        boolean neverUsed = fields.flag("neverUsed").given().orElse(false);
        Optional<Instant> expiringBefore = fields.instant("expiringBefore").given();
        boolean all = fields.flag("all").given().orElse(false);
        boolean filtered = neverUsed
                || Stream.of(owner, search, status, unusedSince, expiringBefore).anyMatch(Optional::isPresent);
        if (filtered == all) {
            fields.reject("all", "give a filter, or true to revoke every key of the realm");
        }
        return fields.violations().isEmpty()
                ? Optional.of(new KeyQuery(
                        session.getContext().getRealm().getId(),
                        owner.map(new OwnerLookup(session)::userId),
                        status,
                        search,
                        unusedSince,
                        neverUsed,
                        expiringBefore,
                        Latchkey.of(session).clock().instant()))
                : Optional.empty();
    }

    /** Revoking what is revoked would find the same keys again and again. */
    private static Optional<KeyStatus> living(String label) {
        return KeyStatus.ofLabel(label).filter(status -> status != KeyStatus.REVOKED);
    }

    private Response revoke(KeyQuery query) {
        List<ApiKey> found = Latchkey.of(session).keys().find(query, 0, LIMIT + 1);
        List<ApiKey> now = found.subList(0, Math.min(LIMIT, found.size()));
        // One order for all, so that two of these cannot wait for each other's owners.
        long revoked = change.apply(desk -> now.stream()
                .sorted(Comparator.comparing(key -> key.owner().id()))
                .map(key -> desk.revoke(key.id(), Revocation.Reason.ADMIN, version -> true))
                .filter(Outcome.Done.class::isInstance)
                .count());
        return Answers.ok(
                JsonNodeFactory.instance.objectNode().put("revoked", revoked).put("more", found.size() > LIMIT));
    }
}
