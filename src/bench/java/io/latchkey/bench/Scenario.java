package io.latchkey.bench;

import java.util.function.Supplier;

/**
 * One row of the table.
 *
 * @param id what {@code -Dbench.profile} calls it
 * @param call created for each run, because tokens expire
 * @param connections 0 for the default of the run
 */
record Scenario(String id, String title, Supplier<HttpCall> call, int connections) {

    static Scenario of(String id, String title, HttpCall call) {
        return new Scenario(id, title, () -> call, 0);
    }

    Scenario at(int otherConnections) {
        return new Scenario(id, title, call, otherConnections);
    }

    int connectionsOr(int usual) {
        return connections == 0 ? usual : connections;
    }
}
