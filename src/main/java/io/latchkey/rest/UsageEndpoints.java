package io.latchkey.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.latchkey.ApiKeysProvider;
import io.latchkey.http.ListParameters;
import io.latchkey.http.Problem;
import io.latchkey.http.RequestReader;
import io.latchkey.key.KeyId;
import io.latchkey.model.DailyUsage;
import io.latchkey.model.UsageGrouping;
import io.latchkey.model.UsageGrouping.Dimension;
import io.latchkey.model.UsageQuery;
import io.latchkey.model.UsageSum;
import io.latchkey.policy.FieldError;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Implements the usage endpoints of owners and administrators: reads filters, queries the usage store, responds with JSON
 * or CSV.
 */
public final class UsageEndpoints {

    private static final int MOST_DAYS = 90;
    private static final int STANDARD = 30;

    /** An export is whole or not at all: half of it would be half a bill. */
    private static final int MOST_ROWS = 50_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ApiKeysProvider apiKeysProvider;
    private final RequestReader requestReader;

    public UsageEndpoints(KeycloakSession session, RequestReader requestReader) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.apiKeysProvider = ApiKeysProvider.of(session);
        this.requestReader = requestReader;
    }

    /** @param ownerId whose keys, where they are only one owner's */
    public Response page(Optional<String> ownerId) {
        return page(ownerId, EnumSet.allOf(Dimension.class));
    }

    /** Reports the keys of one owner to that owner. */
    public Response own(String ownerId) {
        return page(Optional.of(ownerId), EnumSet.of(Dimension.KEY, Dimension.API));
    }

    private Response page(Optional<String> ownerId, Set<Dimension> allowed) {
        List<FieldError> wrong = new ArrayList<>();
        ListParameters page = ListParameters.read(requestReader::query, wrong::add);
        UsageQueryReader filter = new UsageQueryReader(requestReader, wrong::add);
        UsageQuery query = filter.query(realm, ownerId, apiKeysProvider.clock().instant());
        UsageGrouping grouping = filter.grouping(allowed);
        if (!wrong.isEmpty()) {
            return Problem.badRequest(wrong).toResponse();
        }
        if (requestReader.prefersCsv()) {
            return export(query, grouping);
        }
        List<UsageSum> sums = apiKeysProvider.usageStore().find(query, grouping, page.first(), page.max());
        return KeyResponses.ok(
                table(grouping).json(sums, apiKeysProvider.usageStore().reasons(query, grouping, sums)));
    }

    private Response export(UsageQuery query, UsageGrouping grouping) {
        List<UsageSum> sums = apiKeysProvider.usageStore().find(query, grouping, 0, MOST_ROWS + 1);
        if (sums.size() > MOST_ROWS) {
            String detail = "there are more than " + MOST_ROWS
                    + " rows: ask for a shorter time, for days, or for fewer differences";
            return Problem.badRequest(List.of(new FieldError("from", detail))).toResponse();
        }
        return KeyResponses.csv(table(grouping).csv(sums), "usage.csv");
    }

    private UsageReportWriter table(UsageGrouping grouping) {
        return new UsageReportWriter(grouping, id -> OwnerJson.of(session, id), this::clientId);
    }

    private Optional<String> clientId(String id) {
        return Optional.ofNullable(realm.getClientById(id)).map(ClientModel::getClientId);
    }

    /**
     * Lists the daily usage of each key, for charts.
     *
     * @param ownerId whose keys, for callers that may see no others
     */
    public Response daily(Optional<String> ownerId) {
        List<FieldError> wrong = new ArrayList<>();
        ListParameters page = ListParameters.read(requestReader::query, wrong::add);
        int days = ListParameters.number(requestReader::query, "days", 1, MOST_DAYS, STANDARD, wrong::add);
        return wrong.isEmpty()
                ? KeyResponses.ok(
                        json(apiKeysProvider.usageStore().days(days(ownerId, days), page.first(), page.max())))
                : Problem.badRequest(wrong).toResponse();
    }

    /** Today is one of the days, and not over yet. */
    private UsageQuery days(Optional<String> ownerId, int days) {
        Instant now = apiKeysProvider.clock().instant();
        Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(days - 1L, ChronoUnit.DAYS);
        return new UsageQuery(realm.getId(), ownerId, Optional.empty(), Optional.empty(), from, now);
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
