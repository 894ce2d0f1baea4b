package io.latchkey.server;

/** A server that did not start, stopped by itself or answered what nobody can work with; the message is for people. */
public final class ServerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with nothing behind it. */
    public ServerFailure(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
