package io.latchkey.keycloak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.common.Profile;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.provider.ProviderFactory;

/**
 * Checks that Keycloak uses each provider factory that Latchkey registers and relies on, and no replacement. Keycloak
 * reports nothing if a server option, another jar or a renamed SPI replaces one.
 */
public final class HookCheck {

    private final KeycloakSessionFactory sessions;

    public HookCheck(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Describes the missing hooks for the log and the health report. */
    public List<String> missing() {
        Map<String, ProviderFactory<?>> hooks = new LinkedHashMap<>();
        hooks.put(
                "the default provider of revoked-token, which refuses tokens of ended keys",
                sessions.getProviderFactory(RevokedTokenProvider.class));
        List.of("access_token", "api_key")
                .forEach(id -> hooks.put(
                        "the token-introspection provider " + id + ", which introspects keys",
                        sessions.getProviderFactory(TokenIntrospectionProvider.class, id)));
        hooks.put(
                "the grant urn:latchkey:oauth:grant-type:api-key",
                sessions.getProviderFactory(OAuth2GrantType.class, "urn:latchkey:oauth:grant-type:api-key"));
        // In the order in which Keycloak calls them (26.7: TokenManager.invokeTokenPostProcessors).
        List<ProviderFactory> processors = sessions.getProviderFactoriesStream(TokenPostProcessor.class)
                .sorted((one, other) -> Integer.compare(other.order(), one.order()))
                .toList();
        hooks.put(
                "the first token post-processor latchkey-first, which keeps what other processors must not widen",
                processors.isEmpty() ? null : processors.get(0));
        // The only one cannot be both.
        hooks.put(
                "the last token post-processor latchkey-last, which narrows tokens of keys",
                processors.size() < 2 ? null : processors.get(processors.size() - 1));
        hooks.put(
                "the event listener latchkey-credential-removals, which ends keys that a console removes",
                globalListener("latchkey-credential-removals"));
        hooks.put(
                "the event listener latchkey-event-redaction, which keeps keys out of the log",
                globalListener("latchkey-event-redaction"));
        return hooks.entrySet().stream()
                .filter(hook -> !(hook.getValue() instanceof KeycloakHook))
                .map(hook -> hook.getKey() + instead(hook.getValue()))
                .toList();
    }

    private ProviderFactory<?> globalListener(String id) {
        ProviderFactory<?> used = sessions.getProviderFactory(EventListenerProvider.class, id);
        return used instanceof EventListenerProviderFactory listener && listener.isGlobal() ? used : null;
    }

    private static String instead(ProviderFactory<?> used) {
        return used == null ? "" : " (instead of it: " + used.getClass().getName() + ")";
    }

    /** Whether a feature of the server switches token exchange off, so that keys cannot be exchanged there. */
    public boolean tokenExchangeIsOff() {
        return !Profile.isFeatureEnabled(Profile.Feature.TOKEN_EXCHANGE_STANDARD_V2)
                        && !Profile.isFeatureEnabled(Profile.Feature.TOKEN_EXCHANGE)
                || !(sessions.getProviderFactory(TokenExchangeProvider.class, "api-key") instanceof KeycloakHook);
    }
}
