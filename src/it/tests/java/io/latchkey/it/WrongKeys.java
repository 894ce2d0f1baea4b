package io.latchkey.it;

import java.util.zip.CRC32;

/** Keys that look right and are not. */
final class WrongKeys {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CHECKSUM = 6;

    private WrongKeys() {}

    /** The same id with another secret and a checksum that fits. */
    static String wrongSecret(String key) {
        int last = key.length() - CHECKSUM - 1;
        char other = key.charAt(last) == 'x' ? 'y' : 'x';
        String unchecked = key.substring(0, last) + other;
        return unchecked + checksum(unchecked);
    }

    /** The 32 characters of a key that only its holder may know. */
    static String secretPart(String key) {
        return key.substring(key.length() - CHECKSUM - 32, key.length() - CHECKSUM);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        text.chars().forEach(crc::update);
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < CHECKSUM; rest /= DIGITS.length()) {
            digits.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return digits.toString();
    }
}
