package io.latchkey.usage;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.LastUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What this node learned from accepted keys and has not written yet: last uses and hashes with the newest pepper. Requests
 * only touch memory; a timer writes. A crash loses one interval of it, a proper stop nothing.
 */
public final class UseBuffer {

    private static final int BATCH = 500;

    private final Map<KeyId, LastUse> uses = new ConcurrentHashMap<>();
    private final Map<KeyId, Rehash> rehashes = new ConcurrentHashMap<>();

    public void used(KeyId id, Instant at, Optional<String> address) {
        uses.merge(id, new LastUse(at, address, 1), UseBuffer::sum);
    }

    public void rehash(ApiKey key, KeyHash newest) {
        rehashes.putIfAbsent(key.id(), new Rehash(key.hash().pepperVersion(), newest));
    }

    public boolean isEmpty() {
        return uses.isEmpty() && rehashes.isEmpty();
    }

    /**
     * Writes what has gathered, in transactions of at most {@value #BATCH} keys.
     *
     * @param transaction runs its argument in a transaction, with a store bound to it
     * @throws RuntimeException the first failure; what that batch should have written is kept, the others are still made
     */
    public void flush(Consumer<Consumer<ApiKeyStore>> transaction) {
        RuntimeException failure = null;
        for (Map<KeyId, LastUse> batch : batches(take(uses))) {
            failure = first(failure, attempt(transaction, store -> store.recordUses(batch), () -> keep(uses, batch)));
        }
        for (Map<KeyId, Rehash> batch : batches(take(rehashes))) {
            failure = first(failure, attempt(transaction, store -> renew(store, batch), () -> rehashes.putAll(batch)));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException attempt(
            Consumer<Consumer<ApiKeyStore>> transaction, Consumer<ApiKeyStore> work, Runnable otherwise) {
        try {
            transaction.accept(work);
            return null;
        } catch (RuntimeException failed) {
            otherwise.run();
            return failed;
        }
    }

    private static RuntimeException first(RuntimeException before, RuntimeException now) {
        return before == null ? now : before;
    }

    private static void keep(Map<KeyId, LastUse> uses, Map<KeyId, LastUse> batch) {
        batch.forEach((id, use) -> uses.merge(id, use, UseBuffer::sum));
    }

    private static void renew(ApiKeyStore store, Map<KeyId, Rehash> batch) {
        batch.forEach((id, rehash) -> store.rehash(id, rehash.from(), rehash.hash()));
    }

    /** In one order on every node, so that two nodes with the same keys cannot wait for each other. */
    private static <V> List<Map<KeyId, V>> batches(Map<KeyId, V> all) {
        List<Map<KeyId, V>> batches = new ArrayList<>();
        Map<KeyId, V> batch = new LinkedHashMap<>();
        List<KeyId> ids =
                all.keySet().stream().sorted(Comparator.comparing(KeyId::value)).toList();
        for (KeyId id : ids) {
            batch.put(id, all.get(id));
            if (batch.size() == BATCH || batch.size() + batches.size() * BATCH == all.size()) {
                batches.add(batch);
                batch = new LinkedHashMap<>();
            }
        }
        return batches;
    }

    /** Each entry leaves exactly once, even while others are added. */
    private static <V> Map<KeyId, V> take(Map<KeyId, V> source) {
        Map<KeyId, V> taken = new HashMap<>();
        for (KeyId id : source.keySet()) {
            V value = source.remove(id);
            if (value != null) {
                taken.put(id, value);
            }
        }
        return taken;
    }

    private static LastUse sum(LastUse left, LastUse right) {
        LastUse later = left.at().isAfter(right.at()) ? left : right;
        return new LastUse(later.at(), later.address(), left.uses() + right.uses());
    }

    private record Rehash(int from, KeyHash hash) {}
}
