package io.latchkey.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchkey.standin.StandIn;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

class PostProcessorOrderTest {

    private static final TokenPostProcessorFactory FIRST = new KeyTokenSnapshotFactory();
    private static final TokenPostProcessorFactory LAST = new KeyTokenStampFactory();

    @Test
    void oursAtTheExtremesAreFirstAndLast() {
        assertEquals(
                new PostProcessorOrder("latchkey-first", "latchkey-last", true, true),
                order(LAST, other("other", 0), FIRST, other("more", Integer.MAX_VALUE)));
    }

    @Test
    void ofEqualOrdersTheOneThatTheServerHasFirstRunsFirst() {
        assertEquals(
                new PostProcessorOrder("other", "latchkey-last", false, true),
                order(other("other", Integer.MAX_VALUE), FIRST, LAST));
        assertEquals(
                new PostProcessorOrder("latchkey-first", "other", true, false),
                order(FIRST, LAST, other("other", Integer.MIN_VALUE)));
    }

    @Test
    void anotherFactoryOfOurIdIsNotOurs() {
        assertEquals(
                new PostProcessorOrder("latchkey-first", "latchkey-last", false, false),
                order(other("latchkey-first", Integer.MAX_VALUE), other("latchkey-last", Integer.MIN_VALUE)));
    }

    @Test
    void serverWithoutAnyHasNeither() {
        assertEquals(new PostProcessorOrder("", "", false, false), order());
    }

    private static PostProcessorOrder order(TokenPostProcessorFactory... all) {
        return PostProcessorOrder.of(StandIn.of(KeycloakSessionFactory.class)
                .answering("getProviderFactoriesStream", type -> Stream.of(all))
                .make());
    }

    private static TokenPostProcessorFactory other(String id, int order) {
        return new TokenPostProcessorFactory() {

            @Override
            public TokenPostProcessor create(KeycloakSession session) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getId() {
                return id;
            }

            @Override
            public int order() {
                return order;
            }
        };
    }
}
