package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.Paging;
import io.latchkey.http.Problem;
import io.latchkey.http.RequestReader;
import io.latchkey.key.KeyId;
import io.latchkey.model.DailyUsage;
import io.latchkey.model.UsageQuery;
import io.latchkey.policy.Violation;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.keycloak.models.KeycloakSession;

/** Lists the daily usage of each key, for charts. */
public final class DailyUsageReport {

    private static final int MOST_DAYS = 90;
    private static final int STANDARD = 30;

    private final ApiKeysProvider apiKeysProvider;
    private final String realmId;
    private final RequestReader requestReader;

    public DailyUsageReport(KeycloakSession session, RequestReader requestReader) {
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.realmId = session.getContext().getRealm().getId();
        this.requestReader = requestReader;
    }

    /** @param ownerId whose keys, for callers that may see no others */
    public Response page(Optional<String> ownerId) {
        List<Violation> wrong = new ArrayList<>();
        Paging page = Paging.read(requestReader::query, wrong::add);
        int days = Paging.number(requestReader::query, "days", 1, MOST_DAYS, STANDARD, wrong::add);
        return wrong.isEmpty()
                ? KeyResponses.ok(
                        json(apiKeysProvider.usageStore().days(query(ownerId, days), page.first(), page.max())))
                : Problem.badRequest(wrong).toResponse();
    }

    /** Today is one of the days, and not over yet. */
    private UsageQuery query(Optional<String> ownerId, int days) {
        Instant now = apiKeysProvider.clock().instant();
        Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(days - 1L, ChronoUnit.DAYS);
        return new UsageQuery(realmId, ownerId, Optional.empty(), Optional.empty(), from, now);
    }

    static ArrayNode json(SortedMap<KeyId, List<DailyUsage>> usage) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        usage.forEach((key, days) -> {
            ObjectNode item = list.addObject().put("keyId", key.value());
            ArrayNode entries = item.putArray("days");
            days.forEach(day -> entries.addObject()
                    .put("day", day.day().toString())
                    .put("accepted", day.accepted())
                    .put("rejected", day.rejected()));
        });
        return list;
    }
}
