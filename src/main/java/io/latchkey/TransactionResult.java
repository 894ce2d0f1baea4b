package io.latchkey;

/**
 * Holds the result of work in a new transaction, and whether its changes are committed.
 *
 * @param kept false if the work rolls back its own changes
 */
public record TransactionResult<T>(T value, boolean kept) {

    public static <T> TransactionResult<T> commit(T value) {
        return new TransactionResult<>(value, true);
    }

    public static <T> TransactionResult<T> rollBack(T value) {
        return new TransactionResult<>(value, false);
    }
}
