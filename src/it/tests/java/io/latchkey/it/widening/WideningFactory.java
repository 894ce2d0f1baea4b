package io.latchkey.it.widening;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/**
 * Registers one {@link WideningProcessor} at one place. The session factory keeps equal orders as a {@link java.util.HashMap} of
 * up to twelve ids does, so the id decides on which side of Latchkey's processor of the same order a processor runs.
 */
public abstract class WideningFactory implements TokenPostProcessorFactory {

    private final String id;
    private final int order;

    WideningFactory(String id, int order) {
        this.id = id;
        this.order = order;
    }

    /** Runs right after Latchkey's first processor. */
    public static final class AfterFirst extends WideningFactory {
        public AfterFirst() {
            super("widening-a", Integer.MAX_VALUE);
        }
    }

    /** Runs among Keycloak's own. */
    public static final class Between extends WideningFactory {
        public Between() {
            super("widening-n", 0);
        }
    }

    /** Runs right before Latchkey's last processor. */
    public static final class BeforeLast extends WideningFactory {
        public BeforeLast() {
            super("widening-f", Integer.MIN_VALUE);
        }
    }

    /** Runs before Latchkey's first processor. */
    public static final class BeforeFirst extends WideningFactory {
        public BeforeFirst() {
            super("widening-g", Integer.MAX_VALUE);
        }
    }

    /** Runs after Latchkey's last processor. */
    public static final class AfterLast extends WideningFactory {
        public AfterLast() {
            super("widening-d", Integer.MIN_VALUE);
        }
    }

    @Override
    public final TokenPostProcessor create(KeycloakSession session) {
        return new WideningProcessor(session, id);
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final int order() {
        return order;
    }
}
