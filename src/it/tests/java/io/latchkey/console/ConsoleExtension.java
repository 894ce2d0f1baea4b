package io.latchkey.console;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Chromium for the whole run, and for each test a visitor whom nobody knows yet. */
final class ConsoleExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

    private static final Namespace OURS = Namespace.create(ConsoleExtension.class);
    private static final String PAGES = "/META-INF/latchkey/ui/admin.js";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean browser = Chromium.find().isPresent() && Chromium.node().isPresent();
        boolean pages = ConsoleExtension.class.getResource(PAGES) != null;
        if (Chromium.isRequired() || browser && pages) {
            return ConditionEvaluationResult.enabled("There is a Chromium, or there has to be one");
        }
        return ConditionEvaluationResult.disabled(
                browser
                        ? "The pages are not built (-DskipUi)"
                        : "No Chromium or no Node.js is found; -Dchromium=<path> names one");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BrowserUser.class;
    }

    @Override
    public BrowserUser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OURS)
                .getOrComputeIfAbsent(
                        BrowserUser.class,
                        type -> new BrowserUser(Chromium.ofRun().browser()),
                        BrowserUser.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        BrowserUser browserUser = context.getStore(OURS).remove(BrowserUser.class, BrowserUser.class);
        if (browserUser == null) {
            return;
        }
        context.getExecutionException()
                .ifPresent(failure ->
                        browserUser.keepEvidence(context.getRequiredTestClass().getSimpleName() + "-"
                                + context.getRequiredTestMethod().getName()));
        browserUser.close();
    }
}
