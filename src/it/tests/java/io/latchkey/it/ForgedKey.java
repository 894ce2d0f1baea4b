package io.latchkey.it;

import java.util.zip.CRC32;

/** Makes texts that look like keys, as anybody can who has read the documentation. */
final class ForgedKey {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET = 32;
    private static final int CHECKSUM = 6;

    private ForgedKey() {}

    /** The same prefix and id, another secret, and a checksum that fits. */
    static String withOtherSecret(String key) {
        return withChecksum(key.substring(0, key.length() - SECRET - CHECKSUM) + "0".repeat(SECRET));
    }

    /** Well-formed, with an id that no key has. */
    static String unknown(int number) {
        return withChecksum("test_sk_" + String.format("%012d", number) + "1".repeat(SECRET));
    }

    /** One character of the secret replaced, as a slip of the hand does. */
    static String mistyped(String key) {
        int at = key.length() - SECRET;
        char other = key.charAt(at) == 'x' ? 'y' : 'x';
        return key.substring(0, at) + other + key.substring(at + 1);
    }

    private static String withChecksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        StringBuilder checksum = new StringBuilder();
        for (long rest = crc.getValue(); checksum.length() < CHECKSUM; rest /= DIGITS.length()) {
            checksum.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return text + checksum;
    }
}
