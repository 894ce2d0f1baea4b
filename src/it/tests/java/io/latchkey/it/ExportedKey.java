package io.latchkey.it;

import io.latchkey.key.ExportChecksum;
import io.latchkey.key.KeyHash;
import io.latchkey.key.KeyId;
import io.latchkey.key.KeyPrefix;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A key as another installation exports it, for tests that need many at once. Nobody holds it. */
public final class ExportedKey {

    private ExportedKey() {}

    /** Without an end. */
    public static Map<String, Object> of(String owner, String name, Instant createdAt) {
        String random = UUID.randomUUID().toString();
        String digits = random.replace("-", "");
        KeyId id = new KeyId(digits.substring(0, 12));
        KeyHash hash = new KeyHash(1, digits + digits);
        KeyPrefix prefix = KeyPrefix.parse("test_sk_").orElseThrow();
        return new LinkedHashMap<>(Map.of(
                "id", id.value(),
                "prefix", prefix.toString(),
                "owner", Map.of("name", owner),
                "name", name,
                "createdAt", createdAt.toString(),
                "family", random,
                "hash",
                        Map.of(
                                "pepperVersion", hash.pepperVersion(),
                                "value", hash.hex(),
                                "checksum", ExportChecksum.of(prefix, id, hash))));
    }
}
