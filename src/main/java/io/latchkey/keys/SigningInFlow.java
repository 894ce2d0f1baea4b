package io.latchkey.keys;

import io.latchkey.keycloak.DatabaseFailure;
import io.latchkey.keycloak.ThrottledLog;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Adds the credential type to the flow with which the account console lists keys under "Signing in". Keycloak 26.7 shows a
 * type of credential only when some flow of the realm has an enabled execution for it ({@code
 * AccountCredentialResource.getEnabledCredentialTypes}); a flow that is bound to nothing is enough and serves no login.
 * Administrators may disable its execution to hide the list.
 */
record SigningInFlow(KeycloakSession session, RealmModel realm) {

    static final String ALIAS = "api keys";
    private static final String AUTHENTICATOR = "api-key-authenticator";

    private static final ThrottledLog LOG = new ThrottledLog(Logger.getLogger(SigningInFlow.class));

    /** In a transaction of its own, so that the first two keys of a realm made at once meet at the id of the flow. */
    void ensure() {
        if (realm.getFlowByAlias(ALIAS) != null) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(),
                    other -> create(other.realms().getRealm(realm.getId())));
        } catch (RuntimeException failed) {
            // Another request was faster, which is just as good; after any other cause the next key tries again.
            if (DatabaseFailure.of(failed)
                    .filter(DatabaseFailure.CONFLICT::equals)
                    .isEmpty()) {
                LOG.warn(
                        "The flow \"" + ALIAS + "\" cannot be made in realm " + realm.getId()
                                + ", so Keycloak's account console lists no keys there",
                        failed);
            }
        }
    }

    private static void create(RealmModel realm) {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId(idIn(realm));
        flow.setAlias(ALIAS);
        flow.setDescription("Lists API keys in the account console. Not used to sign in unless it is bound.");
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flow.setBuiltIn(false);
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setParentFlow(realm.addAuthenticationFlow(flow).getId());
        execution.setAuthenticator(AUTHENTICATOR);
        execution.setRequirement(AuthenticationExecutionModel.Requirement.ALTERNATIVE);
        execution.setPriority(10);
        execution.setAuthenticatorFlow(false);
        realm.addAuthenticatorExecution(execution);
    }

    /** Always the same, so that the database takes only one. */
    private static String idIn(RealmModel realm) {
        String name = AUTHENTICATOR + " " + realm.getId();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
