package io.latchkey.authenticator;

import io.latchkey.events.KeyUserEvents;
import io.latchkey.key.PresentedKey;
import io.latchkey.keycloak.SimpleProviderFactory;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Offers the execution "API key" in the flow editor of the admin console. */
public final class ApiKeyAuthenticatorFactory implements AuthenticatorFactory, SimpleProviderFactory<Authenticator> {

    @Override
    public Authenticator create(KeycloakSession session) {
        return new ApiKeyAuthenticator();
    }

    @Override
    public String getId() {
        return "api-key-authenticator";
    }

    @Override
    public String getDisplayType() {
        return "API key";
    }

    @Override
    public String getHelpText() {
        return "Signs the owner of the API key in that a header of the request carries. As an alternative it steps aside"
                + " when there is no key; a wrong key always fails. The session ends with the key.";
    }

    /** The credential type. Keycloak's account console lists the types that a flow of the realm refers to. */
    @Override
    public String getReferenceCategory() {
        return KeyUserEvents.CREDENTIAL_TYPE;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                ApiKeyAuthenticator.HEADER_SETTING,
                "Header",
                "Name of the request header that carries the key.",
                ProviderConfigProperty.STRING_TYPE,
                PresentedKey.HEADER));
    }
}
