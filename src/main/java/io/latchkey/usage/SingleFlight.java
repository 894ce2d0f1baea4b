package io.latchkey.usage;

import io.latchkey.key.KeyId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one request per key run a task while concurrent requests skip it, so that a hot key causes no queue at a row lock. */
public final class SingleFlight {

    private final Set<KeyId> running = ConcurrentHashMap.newKeySet();

    public void once(KeyId id, Runnable work) {
        if (running.add(id)) {
            try {
                work.run();
            } finally {
                running.remove(id);
            }
        }
    }
}
