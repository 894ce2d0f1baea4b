package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.Latchkey;
import io.latchkey.key.KeyId;
import io.latchkey.model.HourOfUse;
import io.latchkey.model.UsageQuery;
import io.latchkey.policy.Violation;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** How often keys were used, hour by hour: of one owner, or of the whole realm. */
public final class UsageListing {

    private static final Duration STANDARD = Duration.ofDays(1);

    private final Latchkey latchkey;
    private final String realmId;
    private final Incoming incoming;

    public UsageListing(KeycloakSession session, Incoming incoming) {
        this.latchkey = Latchkey.of(session);
        this.realmId = session.getContext().getRealm().getId();
        this.incoming = incoming;
    }

    /** @param ownerId whose keys, for callers that may see no others */
    public Response page(Optional<String> ownerId) {
        List<Violation> wrong = new ArrayList<>();
        Paging page = Paging.read(incoming::query, wrong::add);
        UsageQuery query = query(ownerId, wrong);
        return wrong.isEmpty()
                ? Answers.ok(json(latchkey.usage().find(query, page.first(), page.max())))
                : Problem.badRequest(wrong).toResponse();
    }

    private UsageQuery query(Optional<String> ownerId, List<Violation> wrong) {
        Instant to = KeyFilter.time(incoming::query, wrong::add, "to")
                .orElseGet(() -> latchkey.clock().instant());
        Instant from = KeyFilter.time(incoming::query, wrong::add, "from").orElseGet(() -> to.minus(STANDARD));
        if (wrong.isEmpty() && from.isAfter(to)) {
            wrong.add(new Violation("from", "must not be after to"));
        }
        String id = incoming.query("key");
        Optional<KeyId> key = KeyId.parse(id);
        if (id != null && key.isEmpty()) {
            wrong.add(new Violation("key", "must be the id of a key"));
        }
        return new UsageQuery(realmId, ownerId, key, from, to);
    }

    private static ArrayNode json(List<HourOfUse> hours) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (HourOfUse hour : hours) {
            ObjectNode item = list.addObject()
                    .put("keyId", hour.key().value())
                    .put("hour", hour.hour().toString())
                    .put("accepted", hour.accepted());
            ObjectNode rejected = item.putObject("rejected");
            hour.rejected().forEach(rejected::put);
        }
        return list;
    }
}
