package io.latchkey.http;

/** Reports that a transaction was rolled back after its work was done, because another participant failed. */
public final class NotCommittedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NotCommittedException() {
        super(
                "The change was undone, because another part of its transaction has failed. If it fails again, look at the log"
                        + " for an event listener or another provider that fails.");
    }
}
