package io.latchkey.cluster;

import java.util.List;

/** Between the two nodes: what they tell each other, and how they watch each other, passes through here. */
final class Network implements AutoCloseable {

    private final List<Wire> wires;

    private Network(List<Wire> wires) {
        this.wires = wires;
    }

    static Network start() {
        return new Network(List.of(
                Wire.between(outside(1), inside(1)),
                Wire.between(outside(2), inside(2)),
                Wire.between(outside(1) + offset(2), outside(1) + offset(1)),
                Wire.between(outside(2) + offset(1), outside(2) + offset(2))));
    }

    /** The port where a node listens. */
    static int inside(int node) {
        return 8700 + node;
    }

    /** The port where the other node finds it. */
    static int outside(int node) {
        return 8800 + 10 * node;
    }

    /**
     * How far from its outside port a node listens for others to watch it (JGroups: {@code FD_SOCK2}). It looks for them at the
     * same distance from theirs, where they are not, since theirs is another: a wire leads there.
     */
    static int offset(int node) {
        return 100 * node;
    }

    /** Messages are on their way for ever, as with a firewall that drops them. */
    void silence() {
        wires.forEach(Wire::silence);
    }

    /** Either node notices at once that the other is gone. */
    void cut() {
        wires.forEach(Wire::cut);
    }

    void mend() {
        wires.forEach(Wire::mend);
    }

    @Override
    public void close() {
        wires.forEach(Wire::close);
    }
}
