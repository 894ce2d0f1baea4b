package io.latchkey.key;

/**
 * Computes a checksum over the stored record of a key: prefix, id and hash. The export contains it, so that an import can
 * tell a record of a Latchkey key from a hash of another system under an invented id. Such a key
 * could never be found, because keys are found by the id in their text. It is no protection against forgery.
 */
public final class ExportChecksum {

    private ExportChecksum() {}

    /** Six characters in base 62. */
    public static String of(KeyPrefix prefix, KeyId id, KeyHash hash) {
        return Checksum.of(prefix + id.value() + ":" + hash.pepperVersion() + ":" + hash.hex());
    }
}
