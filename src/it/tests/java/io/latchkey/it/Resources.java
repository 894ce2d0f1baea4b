package io.latchkey.it;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Closes realms, servers and other resources of tests, the last one first: those of a test class after the class, those that all
 * classes share at the end of the run. JUnit finds it by the service files.
 */
public final class Resources implements AfterAllCallback, LauncherSessionListener {

    private static final Deque<AutoCloseable> CLASS = new ConcurrentLinkedDeque<>();
    private static final Deque<AutoCloseable> RUN = new ConcurrentLinkedDeque<>();

    /** Closes the resource after the test class that runs, unless a test removes it before. */
    public static <T extends AutoCloseable> T ofClass(T resource) {
        CLASS.push(resource);
        return resource;
    }

    /** Closes the resource at the end of the run. */
    public static <T extends AutoCloseable> T ofRun(T resource) {
        RUN.push(resource);
        return resource;
    }

    /** Leaves the closing to the caller. */
    static void remove(AutoCloseable resource) {
        CLASS.remove(resource);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close(CLASS);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        try {
            close(RUN);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(Deque<AutoCloseable> resources) throws Exception {
        Exception failure = null;
        for (AutoCloseable next = resources.poll(); next != null; next = resources.poll()) {
            try {
                next.close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
