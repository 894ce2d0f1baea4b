package io.latchkey.forwardauth;

import java.nio.charset.StandardCharsets;

/** Percent-encodes text for an HTTP header: every UTF-8 byte except visible ASCII, and the percent sign itself. */
final class HeaderText {

    private HeaderText() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean visible = octet > ' ' && octet < 0x7f && octet != '%';
            safe.append(visible ? String.valueOf((char) octet) : String.format("%%%02X", octet & 0xff));
        }
        return safe.toString();
    }
}
