package io.latchkey.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.credential.CredentialRemovalListenerFactory;
import io.latchkey.events.EventRedactionListener;
import io.latchkey.fakes.Stub;
import io.latchkey.introspection.AccessTokenIntrospectionFactory;
import io.latchkey.introspection.ApiKeyIntrospectionFactory;
import io.latchkey.token.ApiKeyGrantTypeFactory;
import io.latchkey.token.KeyTokenPostProcessor;
import io.latchkey.token.KeyTokenRevokedTokenProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;
import org.keycloak.provider.ProviderFactory;

class HookCheckTest {

    private static final ProviderFactory<?> FIRST = new KeyTokenPostProcessor.FirstFactory();
    private static final ProviderFactory<?> LAST = new KeyTokenPostProcessor.LastFactory();

    /** By the simple name of the provider, and the id where one is asked for. */
    private final Map<String, ProviderFactory<?>> inUse = new HashMap<>(Map.of(
            "RevokedTokenProvider",
            new KeyTokenRevokedTokenProvider.Factory(),
            "TokenIntrospectionProvider access_token",
            new AccessTokenIntrospectionFactory(),
            "TokenIntrospectionProvider api_key",
            new ApiKeyIntrospectionFactory(),
            "OAuth2GrantType urn:latchkey:oauth:grant-type:api-key",
            new ApiKeyGrantTypeFactory(),
            "EventListenerProvider latchkey-credential-removals",
            new CredentialRemovalListenerFactory(),
            "EventListenerProvider latchkey-event-redaction",
            new EventRedactionListener()));

    private List<ProviderFactory<?>> postProcessors = List.of(LAST, postProcessor(0), FIRST);

    @Test
    void nothingIsMissingWhereAllHooksAreInUse() {
        assertEquals(List.of(), missing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RevokedTokenProvider",
                "TokenIntrospectionProvider access_token",
                "TokenIntrospectionProvider api_key",
                "OAuth2GrantType urn:latchkey:oauth:grant-type:api-key",
                "EventListenerProvider latchkey-credential-removals",
                "EventListenerProvider latchkey-event-redaction"
            })
    void aHookThatIsAbsentOrReplacedIsMissing(String hook) {
        inUse.remove(hook);
        assertEquals(1, missing().size());

        // Of any SPI, which is all that is asked.
        inUse.put(
                hook,
                Stub.of(EventListenerProviderFactory.class)
                        .with("isGlobal", true)
                        .make());
        assertEquals(1, missing().size());
        assertTrue(missing().get(0).contains("instead of it"), missing()::toString);
    }

    @Test
    void aListenerThatIsNotGlobalIsMissing() {
        inUse.put(
                "EventListenerProvider latchkey-credential-removals",
                Stub.of(EventListenerProviderFactory.class)
                        .with("isGlobal", false)
                        .make());

        assertEquals(1, missing().size());
    }

    @Test
    void aPostProcessorAfterTheLastOrBeforeTheFirstIsReported() {
        postProcessors = List.of(FIRST, LAST, postProcessor(Integer.MIN_VALUE));
        assertEquals(1, missing().size());
        assertTrue(missing().get(0).startsWith("the last token post-processor"), missing()::toString);

        postProcessors = List.of(postProcessor(Integer.MAX_VALUE), FIRST, LAST);
        assertEquals(1, missing().size());
        assertTrue(missing().get(0).startsWith("the first token post-processor"), missing()::toString);
    }

    @Test
    void aPostProcessorOfTheSameOrderThatKeycloakRunsFurtherInsideIsNotReported() {
        postProcessors = List.of(FIRST, postProcessor(Integer.MAX_VALUE), postProcessor(Integer.MIN_VALUE), LAST);

        assertEquals(List.of(), missing());
    }

    @Test
    void aServerWithoutOurPostProcessorsReportsBoth() {
        postProcessors = List.of();
        assertEquals(2, missing().size());

        postProcessors = List.of(postProcessor(0));
        assertEquals(2, missing().size());
    }

    private List<String> missing() {
        KeycloakSessionFactory sessions = Stub.of(KeycloakSessionFactory.class)
                .answering("getProviderFactory", sent -> inUse.get(key(sent)))
                .answering("getProviderFactoriesStream", sent -> postProcessors())
                .make();
        return new HookCheck(sessions).missing();
    }

    private Stream<?> postProcessors() {
        return postProcessors.stream();
    }

    private static String key(Object[] sent) {
        String name = ((Class<?>) sent[0]).getSimpleName();
        return sent.length == 1 ? name : name + " " + sent[1];
    }

    private static ProviderFactory<?> postProcessor(int order) {
        return Stub.of(TokenPostProcessorFactory.class).with("order", order).make();
    }
}
