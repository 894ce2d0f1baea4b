package io.latchkey.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of this machine that leads to another one, as long as it is whole. */
final class Wire implements AutoCloseable {

    private enum State {
        WHOLE,
        SILENT,
        CUT
    }

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int BUFFER = 1 << 16;

    private final ServerSocket port;
    private final int target;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private State state = State.WHOLE;

    private Wire(ServerSocket port, int target) {
        this.port = port;
        this.target = target;
    }

    static Wire between(int port, int target) {
        try {
            Wire wire = new Wire(new ServerSocket(port, 50, HERE), target);
            run(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " is not free", e);
        }
    }

    /** Nothing gets through, and nobody is told so; what is sent arrives once it is whole again. */
    void silence() {
        turn(State.SILENT);
    }

    /** Connections break, and new ones break at once. */
    void cut() {
        turn(State.CUT);
        ends.forEach(this::close);
    }

    void mend() {
        turn(State.WHOLE);
    }

    private synchronized void turn(State next) {
        state = next;
        notifyAll();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket caller = port.accept();
                run(() -> connect(caller));
            } catch (IOException closed) {
                // Which ends the loop, unless it was the caller who has gone.
            }
        }
    }

    private void connect(Socket caller) {
        ends.add(caller);
        if (!isPassable()) {
            close(caller);
            return;
        }
        try {
            Socket callee = new Socket(HERE, target);
            ends.add(callee);
            run(() -> carry(callee, caller));
            carry(caller, callee);
        } catch (IOException nobodyThere) {
            close(caller);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int size = in.read(buffer);
            while (size >= 0 && isPassable()) {
                out.write(buffer, 0, size);
                size = in.read(buffer);
            }
        } catch (IOException broken) {
            // As the other end is to see now.
        } finally {
            close(from);
            close(to);
        }
    }

    /** Waits while it is silent. */
    private synchronized boolean isPassable() {
        try {
            while (state == State.SILENT) {
                wait();
            }
            return state == State.WHOLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private void close(Socket end) {
        ends.remove(end);
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
