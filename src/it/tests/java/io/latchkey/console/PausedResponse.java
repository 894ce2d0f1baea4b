package io.latchkey.console;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;

/** Requests that a slow network has not delivered yet. */
final class PausedResponse {

    private final List<Route> waiting = new ArrayList<>();
    private boolean released;

    void hold(Route route) {
        if (released) {
            route.resume();
        } else {
            waiting.add(route);
        }
    }

    boolean isHolding() {
        return !waiting.isEmpty();
    }

    void release() {
        released = true;
        waiting.forEach(Route::resume);
        waiting.clear();
    }
}
