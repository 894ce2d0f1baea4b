package io.latchkey.cluster;

import io.latchkey.it.Resources;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one cluster of this run, with both nodes up; it is stopped after all of them, before the database. */
final class ClusterExtension implements BeforeAllCallback, ParameterResolver {

    private static Cluster shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster().complete();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster();
    }

    private static synchronized Cluster cluster() {
        if (shared == null) {
            shared = Resources.ofRun(Cluster.start());
        }
        return shared;
    }
}
