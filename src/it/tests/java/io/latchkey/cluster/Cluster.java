package io.latchkey.cluster;

import io.latchkey.it.LatchkeyServer;
import io.latchkey.it.ProviderJars;
import io.latchkey.server.Distribution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Two nodes on one database. */
final class Cluster implements AutoCloseable {

    /** How often a node writes what it remembers of uses. */
    static final Duration FLUSH = Duration.ofSeconds(2);

    private final Network network = Network.start();
    private final Node a;
    private final Node b;

    private Cluster(Distribution distribution) {
        a = new Node(distribution, 1);
        b = new Node(distribution, 2);
    }

    static Cluster start() {
        Cluster cluster = new Cluster(LatchkeyServer.build(List.of("--db=postgres"), ProviderJars.ofRun()));
        try {
            // Alone, since the first one makes the tables.
            cluster.a.start();
            cluster.a.awaitMember(1);
            cluster.complete();
            return cluster;
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    /** Starts what an earlier test has ended, and waits until both nodes know of each other. */
    void complete() {
        List.of(a, b).forEach(Node::ensureStarted);
        List.of(a, b).forEach(node -> node.awaitMember(2));
    }

    Node a() {
        return a;
    }

    Node b() {
        return b;
    }

    Network network() {
        return network;
    }

    /** Everything this run writes. */
    static Path folder() {
        return LatchkeyServer.folder();
    }

    @Override
    public void close() {
        List.of(b, a).forEach(Node::stop);
        network.close();
    }
}
