package io.latchkey.keycloak;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.common.Profile;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * Checks that Keycloak uses each {@link KeycloakHook}. Keycloak reports nothing if a server option, another jar or a
 * renamed SPI replaces one.
 */
public final class HookCheck {

    private final KeycloakSessionFactory sessions;

    public HookCheck(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What is missing, each in the words of the log and of the health report; empty if all is there. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        require(
                missing,
                sessions.getProviderFactory(RevokedTokenProvider.class),
                "the default provider of revoked-token, which refuses tokens of ended keys");
        require(
                missing,
                sessions.getProviderFactory(TokenIntrospectionProvider.class, "access_token"),
                "the token-introspection provider access_token, which introspects keys");
        require(
                missing,
                sessions.getProviderFactory(TokenIntrospectionProvider.class, "api_key"),
                "the token-introspection provider api_key, which introspects keys");
        require(
                missing,
                sessions.getProviderFactory(OAuth2GrantType.class, "urn:latchkey:oauth:grant-type:api-key"),
                "the grant urn:latchkey:oauth:grant-type:api-key");
        postProcessors(missing);
        listener(
                missing,
                "latchkey-credential-removals",
                "the event listener latchkey-credential-removals, which ends keys that a console removes");
        listener(
                missing,
                "latchkey-event-redaction",
                "the event listener latchkey-event-redaction, which keeps keys out of the log");
        return List.copyOf(missing);
    }

    /** Whether a feature of the server switches token exchange off, so that keys cannot be exchanged there. */
    public boolean tokenExchangeIsOff() {
        return !Profile.isFeatureEnabled(Profile.Feature.TOKEN_EXCHANGE_STANDARD_V2)
                        && !Profile.isFeatureEnabled(Profile.Feature.TOKEN_EXCHANGE)
                || !isHook(sessions.getProviderFactory(TokenExchangeProvider.class, "api-key"));
    }

    /** In the order in which Keycloak calls them (26.7: {@code TokenManager.invokeTokenPostProcessors}). */
    private void postProcessors(List<String> missing) {
        List<ProviderFactory> called = sessions.getProviderFactoriesStream(TokenPostProcessor.class)
                .sorted((one, other) -> Integer.compare(other.order(), one.order()))
                .toList();
        require(
                missing,
                called.isEmpty() ? null : called.get(0),
                "the first token post-processor latchkey-first, which keeps what other processors must not widen");
        // One that is first and last would be one of two.
        require(
                missing,
                called.size() < 2 ? null : called.get(called.size() - 1),
                "the last token post-processor latchkey-last, which narrows tokens of keys");
    }

    private void listener(List<String> missing, String id, String hook) {
        ProviderFactory<?> listener = sessions.getProviderFactory(EventListenerProvider.class, id);
        boolean global = listener instanceof EventListenerProviderFactory listening && listening.isGlobal();
        require(missing, global ? listener : null, hook);
    }

    private static void require(List<String> missing, ProviderFactory<? extends Provider> inUse, String hook) {
        if (!isHook(inUse)) {
            missing.add(hook
                    + (inUse == null
                            ? ""
                            : " (instead of it: " + inUse.getClass().getName() + ")"));
        }
    }

    private static boolean isHook(ProviderFactory<?> inUse) {
        return inUse instanceof KeycloakHook;
    }
}
