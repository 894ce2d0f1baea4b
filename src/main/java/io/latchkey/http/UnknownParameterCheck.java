package io.latchkey.http;

import io.latchkey.policy.FieldError;
import jakarta.ws.rs.WebApplicationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/**
 * Refuses query parameters that an endpoint does not know. A misspelt filter would otherwise match everything, and the
 * result might be revoked. Gateway endpoints are exempt: their query belongs to the caller.
 */
public final class UnknownParameterCheck {

    private static final Pattern PATH = Pattern.compile("(/admin)?/realms/[^/]+/api-keys(?:/(.*?))?/?$");
    private static final Pattern GATEWAY = Pattern.compile("forward-auth(/.*)?");

    private static final Set<String> PAGE = Set.of("first", "max");
    private static final Set<String> FILTER = Set.of(
            "q",
            "status",
            "unusedSince",
            "neverUsed",
            "expiringBefore",
            "expiringAfter",
            "neverExpires",
            "outOfPolicy");
    private static final Set<String> USAGE = Set.of("key", "api", "from", "to", "grain", "by");
    private static final Set<String> OWNER = Set.of("owner");
    /** Says who asks where a certificate proves it. */
    private static final Set<String> CLIENT = Set.of("client_id");

    /** By method and path behind the collection; everything else knows none. */
    private static final Map<String, Set<String>> SELF_SERVICE = Map.of(
            "GET ", all(PAGE, FILTER),
            "GET usage", all(PAGE, USAGE),
            "GET usage/daily", all(PAGE, Set.of("days")),
            "POST verify", CLIENT,
            "POST verify/batch", CLIENT,
            "POST credits/settle", CLIENT,
            "POST credits/settle/batch", CLIENT,
            "POST credits/release", CLIENT,
            "POST credits/release/batch", CLIENT);

    private static final Map<String, Set<String>> ADMINISTRATION = Map.of(
            "GET ", all(OWNER, PAGE, FILTER),
            "GET count", all(OWNER, PAGE, FILTER),
            "GET export", all(OWNER, FILTER),
            "GET usage", all(OWNER, PAGE, USAGE),
            "GET allowances", all(OWNER, PAGE, Set.of("api", "period")),
            "GET allowances/current", OWNER,
            "GET access", OWNER);

    private UnknownParameterCheck() {}

    /** Ends the request with a problem that names the parameters which its endpoint does not know. */
    public static void check(KeycloakSession session) {
        HttpRequest request = session.getContext().getHttpRequest();
        Set<String> given = request.getUri().getQueryParameters().keySet();
        if (given.isEmpty()) {
            return;
        }
        List<FieldError> unknown = unknown(
                request.getHttpMethod(), request.getUri().getRequestUri().getRawPath(), given);
        if (!unknown.isEmpty()) {
            throw new WebApplicationException(Problem.badRequest(unknown).toResponse());
        }
    }

    static List<FieldError> unknown(String method, String path, Set<String> given) {
        return known(method, path)
                .map(known -> new TreeSet<>(given)
                        .stream()
                                .filter(name -> !known.contains(name))
                                .map(name -> new FieldError(name, "unknown parameter"))
                                .toList())
                .orElse(List.of());
    }

    /** Empty where it is not decided here. */
    static Optional<Set<String>> known(String method, String path) {
        Matcher found = PATH.matcher(path);
        // The server may have a path of its own in front.
        if (!found.find()) {
            return Optional.empty();
        }
        boolean admin = found.group(1) != null;
        String rest = Optional.ofNullable(found.group(2)).orElse("");
        if (!admin && GATEWAY.matcher(rest).matches()) {
            return Optional.empty();
        }
        String endpoint = (method.equals("HEAD") ? "GET" : method) + " " + rest;
        return Optional.of((admin ? ADMINISTRATION : SELF_SERVICE).getOrDefault(endpoint, Set.of()));
    }

    @SafeVarargs
    private static Set<String> all(Set<String>... sets) {
        return Arrays.stream(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
