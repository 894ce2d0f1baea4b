package io.latchkey.usage;

import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.model.ApiKey;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.LastUse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What this node learned from accepted keys and has not written yet: last uses and hashes with the newest pepper. Requests
 * only touch memory; a timer writes. A crash loses one interval of it, a proper stop nothing.
 */
public final class UseBuffer {

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
     * Writes what has gathered, through a store whose transaction is the given one's.
     *
     * @param transaction runs its argument in a transaction; if it fails, everything is kept for the next time
     */
    public void flush(Consumer<Consumer<ApiKeyStore>> transaction) {
        Map<KeyId, LastUse> takenUses = take(uses);
        Map<KeyId, Rehash> takenRehashes = take(rehashes);
        if (takenUses.isEmpty() && takenRehashes.isEmpty()) {
            return;
        }
        try {
            transaction.accept(store -> {
                takenRehashes.forEach((id, rehash) -> store.rehash(id, rehash.from(), rehash.hash()));
                store.recordUses(takenUses);
            });
        } catch (RuntimeException failed) {
            takenUses.forEach((id, use) -> uses.merge(id, use, UseBuffer::sum));
            takenRehashes.forEach(rehashes::putIfAbsent);
            throw failed;
        }
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
