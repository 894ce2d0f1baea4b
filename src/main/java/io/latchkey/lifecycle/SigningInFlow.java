package io.latchkey.lifecycle;

import io.latchkey.model.ApiKeyStore;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/**
 * The flow that makes the account console list API keys under "Signing in". Keycloak 26.7 shows a type of credential only
 * when some flow of the realm has an enabled execution for it ({@code AccountCredentialResource.getEnabledCredentialTypes});
 * a flow that is bound to nothing is enough and signs nobody in. Administrators may disable its execution to hide the list.
 */
final class SigningInFlow {

    static final String ALIAS = "api keys";
    private static final String AUTHENTICATOR = "api-key-authenticator";

    private final RealmModel realm;
    private final ApiKeyStore keys;

    SigningInFlow(RealmModel realm, ApiKeyStore keys) {
        this.realm = realm;
        this.keys = keys;
    }

    void ensure() {
        if (exists()) {
            return;
        }
        // The first two keys of a realm may be made at once; the realm stands in for an owner here.
        keys.lockOwner(realm.getId(), realm.getId());
        if (!exists()) {
            create();
        }
    }

    private boolean exists() {
        return realm.getFlowByAlias(ALIAS) != null;
    }

    private void create() {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
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
}
