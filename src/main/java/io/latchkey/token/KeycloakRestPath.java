package io.latchkey.token;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Classifies the request paths at which tokens made from keys may be accepted: userinfo, account, admin, and Latchkey's
 * forward-auth.
 *
 * @param realm name of the realm that the path addresses
 */
public record KeycloakRestPath(Area area, String realm) {

    private static final Pattern INTROSPECTION =
            Pattern.compile("/?realms/[^/]+/protocol/openid-connect/token/introspect");

    /** Marks paths that Keycloak may split into other segments than the patterns of this class do. */
    private static final Pattern AMBIGUOUS = Pattern.compile("//|[;\\\\%]|(^|/)\\.\\.?(/|\\z)");

    /** The part of Keycloak's REST that a path addresses. */
    public enum Area {
        ACCOUNT("realms/([^/]+)/account(/.*)?"),
        /** Without the list of realms, which also shows realms that the key does not name. */
        ADMIN("admin/realms/([^/]+)(?!/api-keys(/|\\z))(/.*)?"),
        USERINFO("realms/([^/]+)/protocol/openid-connect/userinfo/?"),
        /** Latchkey's endpoint for gateways. */
        FORWARD_AUTH("realms/([^/]+)/api-keys/forward-auth(/.*)?");

        private final Pattern path;

        Area(String path) {
            this.path = Pattern.compile("/?" + path, Pattern.DOTALL);
        }
    }

    /**
     * Empty for every path at which tokens made from keys are never accepted.
     *
     * @param path decoded, without the server's relative path; as Keycloak matches it, upper and lower case are different
     * @param uri raw, as sent
     */
    public static Optional<KeycloakRestPath> at(String path, String uri) {
        for (Area area : Area.values()) {
            Matcher matcher = area.path.matcher(path);
            if (matcher.matches() && isPlain(path, uri)) {
                return Optional.of(new KeycloakRestPath(area, matcher.group(1)));
            }
        }
        return Optional.empty();
    }

    /** The path of the current request. */
    static Optional<KeycloakRestPath> here(KeycloakSession session) {
        return at(session.getContext().getUri().getPath(), sent(session));
    }

    /** Whether the current request is an introspection: only the API knows the address of its caller. */
    static boolean isIntrospection(KeycloakSession session) {
        return isIntrospection(session.getContext().getUri().getPath(), sent(session));
    }

    static boolean isIntrospection(String path, String uri) {
        return isPlain(path, uri) && INTROSPECTION.matcher(path).matches();
    }

    private static String sent(KeycloakSession session) {
        return session.getContext().getHttpRequest().getUri().getRequestUri().getRawPath();
    }

    /** Whether Keycloak splits the path into the same segments as this class, whatever its settings. */
    private static boolean isPlain(String path, String uri) {
        return !AMBIGUOUS.matcher(path).find() && !uri.toLowerCase(Locale.ROOT).contains("%2f");
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
