package io.latchkey.authenticator;

import io.latchkey.key.PresentedKey;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Reads the settings of one execution of the authenticator and describes them for the admin console. */
final class ApiKeyAuthenticatorConfig {

    private static final String HEADER = "header";
    private static final String DEFAULT_HEADER = PresentedKey.HEADER;

    List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(HEADER)
                .label("Header")
                .helpText("Name of the request header that carries the key.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(DEFAULT_HEADER)
                .add()
                .build();
    }

    String header(AuthenticationFlowContext context) {
        AuthenticatorConfigModel model = context.getAuthenticatorConfig();
        String configured = model == null ? null : model.getConfig().get(HEADER);
        return configured == null || configured.isBlank() ? DEFAULT_HEADER : configured.strip();
    }
}
