package io.latchkey.forwardauth;

import java.nio.charset.StandardCharsets;

/** Encodes text for an HTTP header (RFC 9110): characters other than visible ASCII are percent-encoded as UTF-8. */
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
