package io.latchkey.usage;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Buffers hashes of used keys under the newest pepper until the next flush. A lost hash is computed again at the next use. */
public final class RehashBuffer {

    private static final int BATCH = 100;
    private static final int MOST = 20_000;

    private final Map<KeyId, Rehash> waiting = new ConcurrentHashMap<>();

    public void add(ApiKey key, KeyHash newest) {
        if (waiting.size() < MOST) {
            waiting.putIfAbsent(key.id(), new Rehash(key.hash().pepperVersion(), newest));
        }
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Writes all hashes, in the same order on every node.
     *
     * @param transaction runs its argument in a transaction, with a store bound to it
     * @throws RuntimeException the first failure; what could not be written is kept
     */
    public synchronized void flush(Consumer<Consumer<ApiKeyStore>> transaction) {
        List<KeyId> ids = waiting.keySet().stream()
                .sorted(Comparator.comparing(KeyId::value))
                .toList();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<KeyId> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
            transaction.accept(store -> batch.forEach(id ->
                    store.rehash(id, waiting.get(id).from(), waiting.get(id).hash())));
            batch.forEach(waiting::remove);
        }
    }

    /** @param from version of the pepper that is replaced */
    private record Rehash(int from, KeyHash hash) {}
}
