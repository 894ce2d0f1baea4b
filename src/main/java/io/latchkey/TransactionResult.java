package io.latchkey;

/**
 * Holds the result of work in a new transaction, and whether its changes are committed.
 *
 * @param kept false if the work gives up on purpose, so that its changes are rolled back
 */
public record TransactionResult<T>(T value, boolean kept) {

    /** The changes last once this is answered. */
    public static <T> TransactionResult<T> commit(T value) {
        return new TransactionResult<>(value, true);
    }

    /** Nothing of what the work has done lasts. */
    public static <T> TransactionResult<T> rollBack(T value) {
        return new TransactionResult<>(value, false);
    }
}
