package io.latchkey.routes;

import io.latchkey.http.UnknownParameterCheck;
import io.latchkey.keycloak.CallerConnection;
import io.latchkey.keycloak.SimpleProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Registers /admin/realms/{realm}/api-keys, and checks required hooks and query parameters before each request. Keycloak
 * has authenticated the caller, but checked no permission.
 */
public final class AdminRoutesFactory
        implements AdminRealmResourceProviderFactory,
                AdminRealmResourceProvider,
                SimpleProviderFactory<AdminRealmResourceProvider> {

    private static final String ID = "api-keys";

    /** The one endpoint that answers while a hook is missing. */
    private static final String HEALTH = "/" + ID + "/health";

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        event.authIpAddress(CallerConnection.of(session).getRemoteAddr());
        if (!session.getContext().getUri().getPath().endsWith(HEALTH)) {
            MissingHookGuard.check(session);
        }
        UnknownParameterCheck.check(session);
        return new AdminRoutes(session, auth, event);
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void close() {}
}
