package io.latchkey.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchkey.key.KeyHash;
import io.latchkey.model.ApiKeyStore;
import io.latchkey.model.TestKeys;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RehashBufferTest {

    private static final KeyHash NEWEST = new KeyHash(2, "2".repeat(64));

    private final RehashBuffer rehashBuffer = new RehashBuffer();
    private final List<String> hashes = new ArrayList<>();

    @Test
    void aHashIsWrittenOnceWithTheVersionItReplaces() {
        rehashBuffer.add(TestKeys.active(), NEWEST);
        rehashBuffer.add(TestKeys.active(), NEWEST);
        assertFalse(rehashBuffer.isEmpty());

        rehashBuffer.flush(this::write);

        assertEquals(List.of("a".repeat(12) + " from 1 to 2"), hashes);
        assertTrue(rehashBuffer.isEmpty());
    }

    @Test
    void aFailureKeepsIt() {
        rehashBuffer.add(TestKeys.active(), NEWEST);

        assertThrows(
                IllegalStateException.class,
                () -> rehashBuffer.flush(work -> {
                    throw new IllegalStateException("no database");
                }));
        rehashBuffer.flush(this::write);

        assertEquals(1, hashes.size());
    }

    /** A store that takes hashes and nothing else, in a transaction that succeeds. */
    private void write(Consumer<ApiKeyStore> work) {
        work.accept((ApiKeyStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ApiKeyStore.class}, (proxy, method, arguments) -> {
                    assertEquals("rehash", method.getName());
                    int to = ((KeyHash) arguments[2]).pepperVersion();
                    hashes.add(arguments[0] + " from " + arguments[1] + " to " + to);
                    return null;
                }));
    }
}
