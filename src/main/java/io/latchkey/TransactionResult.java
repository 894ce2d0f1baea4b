package io.latchkey;

/**
 * The end of work in a transaction of its own: what the work answers, and whether its changes are to last.
 *
 * @param kept false where the work gives up on purpose, so that its changes are undone
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
