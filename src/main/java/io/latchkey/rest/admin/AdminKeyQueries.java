package io.latchkey.rest.admin;

import io.latchkey.ApiKeysProvider;
import io.latchkey.http.ListParameters;
import io.latchkey.http.Problem;
import io.latchkey.http.ProblemType;
import io.latchkey.http.RequestReader;
import io.latchkey.model.KeyQuery;
import io.latchkey.policy.FieldError;
import io.latchkey.rest.AdminKeyPermissions;
import io.latchkey.rest.KeyQueryReader;
import io.latchkey.rest.OwnerLookup;
import io.latchkey.rest.UsageEndpoints;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Reads the filter of an admin request, checks permission for it, and passes it to the list, count, export or usage
 * endpoint.
 */
final class AdminKeyQueries {

    private final KeycloakSession session;
    private final AdminKeyPermissions permissions;
    private final RequestReader requestReader;

    AdminKeyQueries(KeycloakSession session, AdminKeyPermissions permissions, RequestReader requestReader) {
        this.session = session;
        this.permissions = permissions;
        this.requestReader = requestReader;
    }

    Response page(BiFunction<KeyQuery, ListParameters, Response> answer) {
        return permitted(ownerId -> page(ownerId, answer));
    }

    /** The same keys without pages. */
    Response all(Function<KeyQuery, Response> answer) {
        return permitted(ownerId -> page(ownerId, (query, page) -> answer.apply(query)));
    }

    /** The hours of use of the same keys. */
    Response usage() {
        return permitted(new UsageEndpoints(session, requestReader)::page);
    }

    private Response permitted(Function<Optional<String>, Response> answer) {
        Optional<String> ownerId =
                Optional.ofNullable(requestReader.query("owner")).map(new OwnerLookup(session)::userId);
        return mayList(ownerId) ? answer.apply(ownerId) : ProblemType.FORBIDDEN.toResponse();
    }

    private Response page(Optional<String> ownerId, BiFunction<KeyQuery, ListParameters, Response> answer) {
        List<FieldError> wrong = new ArrayList<>();
        ListParameters page = ListParameters.read(requestReader::query, wrong::add);
        KeyQuery query = new KeyQueryReader(requestReader::query, wrong::add)
                .read(
                        session.getContext().getRealm().getId(),
                        ownerId,
                        page.q(),
                        ApiKeysProvider.of(session).clock().instant(),
                        () -> ApiKeysProvider.of(session)
                                .policy(session.getContext().getRealm()));
        return wrong.isEmpty()
                ? answer.apply(query, page)
                : Problem.badRequest(wrong).toResponse();
    }

    private boolean mayList(Optional<String> ownerId) {
        return permissions.canViewAll()
                || ownerId.map(new OwnerLookup(session)::owner)
                        .filter(permissions::canView)
                        .isPresent();
    }
}
