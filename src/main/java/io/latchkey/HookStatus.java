package io.latchkey;

import io.latchkey.keycloak.HookCheck;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Holds which of Latchkey's required provider factories Keycloak does not use, and whether token exchange is off. While a
 * hook is missing, a rule about keys does not hold, so every endpoint refuses to accept or manage keys.
 */
public final class HookStatus {

    private static final Logger LOG = Logger.getLogger(HookStatus.class);

    static final String MESSAGE =
            "Latchkey accepts no API keys and answers 503 hook-missing, because Keycloak does not use: %s";

    /** The status of a server whose options disable the provider itself. */
    static final HookStatus PROVIDER_DISABLED = new HookStatus(
            List.of("the provider default of latchkey, which decides about keys (--spi-latchkey--default--enabled)"));

    private volatile List<String> missing;
    private volatile boolean tokenExchangeOff;

    HookStatus() {
        this(List.of());
    }

    private HookStatus(List<String> missing) {
        this.missing = missing;
    }

    public static HookStatus of(KeycloakSession session) {
        return session.getKeycloakSessionFactory().getProviderFactory(ApiKeysProvider.class)
                        instanceof ApiKeysProviderFactory factory
                ? factory.hooks()
                : PROVIDER_DISABLED;
    }

    /** What is missing, in words for administrators; empty if all hooks are in use. */
    public List<String> missing() {
        return missing;
    }

    public boolean isComplete() {
        return missing.isEmpty();
    }

    /** Whether the server's features switch token exchange off. Everything else works. */
    public boolean isTokenExchangeOff() {
        return tokenExchangeOff;
    }

    /** Checks once, when all factories are there. */
    void check(KeycloakSessionFactory sessions) {
        HookCheck check = new HookCheck(sessions);
        missing = check.missing();
        tokenExchangeOff = check.tokenExchangeIsOff();
        if (!missing.isEmpty()) {
            LOG.errorf(MESSAGE, String.join("; ", missing));
        }
        if (tokenExchangeOff) {
            LOG.warn("Token exchange is switched off: API keys cannot be exchanged there. The grant is not affected.");
        }
    }
}
