package io.latchkey.exchange;

import java.util.List;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.provider.ProviderFactory;

/**
 * The post-processors that Keycloak runs first and last for every token (26.7: {@code TokenManager.AccessTokenResponseBuilder}
 * sorts by order, the highest first, and leaves equal orders as the session factory has them).
 *
 * @param first id of the factory, empty where there is none
 * @param last id of the factory, empty where there is none
 * @param firstIsOurs whether Latchkey keeps the claims of a token before anybody else sees it
 * @param lastIsOurs whether nobody sees a token after Latchkey has narrowed it
 */
public record PostProcessorOrder(String first, String last, boolean firstIsOurs, boolean lastIsOurs) {

    /** Reads the order from the factory of a running server, after all extensions are loaded. */
    public static PostProcessorOrder of(KeycloakSessionFactory server) {
        List<ProviderFactory> all = server.getProviderFactoriesStream(TokenPostProcessor.class)
                .sorted((one, other) -> Integer.compare(other.order(), one.order()))
                .toList();
        if (all.isEmpty()) {
            return new PostProcessorOrder("", "", false, false);
        }
        ProviderFactory<?> first = all.get(0);
        ProviderFactory<?> last = all.get(all.size() - 1);
        return new PostProcessorOrder(
                first.getId(),
                last.getId(),
                first instanceof KeyTokenSnapshotFactory,
                last instanceof KeyTokenStampFactory);
    }
}
