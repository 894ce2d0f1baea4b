package io.latchkey.token;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Classifies a path of Keycloak's own REST: userinfo, account or admin.
 *
 * @param realm name of the realm that the path addresses
 */
public record KeycloakRestPath(Area area, String realm) {

    private static final String OURS = "api-keys";

    private static final Pattern INTROSPECTION =
            Pattern.compile("/?realms/[^/]+/protocol/openid-connect/token/introspect");

    /** The part of Keycloak's REST that a path addresses. */
    public enum Area {
        ACCOUNT,
        ADMIN,
        USERINFO,
        /** Latchkey's endpoint for gateways. */
        FORWARD_AUTH
    }

    /**
     * Empty for every path at which tokens made from keys are never accepted.
     *
     * @param path decoded, without the server's relative path; as Keycloak matches it, upper and lower case are different
     * @param uri raw, as sent
     */
    public static Optional<KeycloakRestPath> at(String path, String uri) {
        return isPlain(path, uri)
                ? of(Arrays.asList(path.substring(path.startsWith("/") ? 1 : 0).split("/")))
                : Optional.empty();
    }

    /** The path of the current request. */
    static Optional<KeycloakRestPath> here(KeycloakSession session) {
        String sent =
                session.getContext().getHttpRequest().getUri().getRequestUri().getRawPath();
        return at(session.getContext().getUri().getPath(), sent);
    }

    /** Whether the current request is an introspection: only the API knows the address of its caller. */
    static boolean isIntrospection(KeycloakSession session) {
        return isIntrospection(
                session.getContext().getUri().getPath(),
                session.getContext().getHttpRequest().getUri().getRequestUri().getRawPath());
    }

    static boolean isIntrospection(String path, String uri) {
        return isPlain(path, uri) && INTROSPECTION.matcher(path).matches();
    }

    /** Whether Keycloak splits the path into the same segments as this class, whatever its settings. */
    private static boolean isPlain(String path, String uri) {
        String sent = uri.toLowerCase(Locale.ROOT);
        return !path.contains("//")
                && !path.contains(";")
                && !path.contains("\\")
                && !path.contains("%")
                && !sent.contains("%2f")
                && Arrays.stream(path.split("/")).noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static Optional<KeycloakRestPath> of(List<String> path) {
        if (starts(path, "admin", "realms")) {
            // The list of realms shows all realms that the owner may see, also those that the key does not name.
            return path.size() < 3 || path.size() > 3 && path.get(3).equals(OURS)
                    ? Optional.empty()
                    : in(Area.ADMIN, path.get(2));
        }
        if (path.size() < 3 || !path.get(0).equals("realms")) {
            return Optional.empty();
        }
        List<String> rest = path.subList(2, path.size());
        if (starts(rest, "account")) {
            return in(Area.ACCOUNT, path.get(1));
        }
        if (starts(rest, OURS, "forward-auth")) {
            return in(Area.FORWARD_AUTH, path.get(1));
        }
        return rest.equals(List.of("protocol", "openid-connect", "userinfo"))
                ? in(Area.USERINFO, path.get(1))
                : Optional.empty();
    }

    private static boolean starts(List<String> path, String... with) {
        return path.size() >= with.length && path.subList(0, with.length).equals(List.of(with));
    }

    private static Optional<KeycloakRestPath> in(Area area, String realm) {
        return realm.isEmpty() ? Optional.empty() : Optional.of(new KeycloakRestPath(area, realm));
    }

    /**
     * The client of the account or admin REST, which the key must have among its audiences.
     *
     * @param home realm of the key
     */
    public Optional<ClientModel> client(KeycloakSession session, RealmModel home) {
        RealmModel target = session.realms().getRealmByName(realm);
        if (target == null) {
            return Optional.empty();
        }
        boolean same = target.getId().equals(home.getId());
        return switch (area) {
            case ACCOUNT -> named(home, Constants.ACCOUNT_MANAGEMENT_CLIENT_ID).filter(client -> same);
            case ADMIN ->
                home.getName().equals(Config.getAdminRealm())
                        ? Optional.ofNullable(target.getMasterAdminClient())
                        : named(home, Constants.REALM_MANAGEMENT_CLIENT_ID).filter(client -> same);
            case USERINFO, FORWARD_AUTH -> Optional.empty();
        };
    }

    private static Optional<ClientModel> named(RealmModel home, String clientId) {
        return Optional.ofNullable(home.getClientByClientId(clientId));
    }
}
