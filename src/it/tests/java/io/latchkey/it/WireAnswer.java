package io.latchkey.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer as it came over the wire, with nothing that a library would hide; every byte is one character.
 *
 * @param headers as sent, sorted: HTTP gives the order of different headers no meaning
 */
record WireAnswer(String statusLine, List<String> headers, String body) {

    private static final int PATIENCE_MILLIS = 60_000;

    static WireAnswer of(int port, byte[] request) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WireAnswer parse(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        List<String> lines = parts[0].lines().toList();
        List<String> headers = lines.subList(1, lines.size()).stream().sorted().toList();
        boolean chunked = headers.stream().anyMatch("transfer-encoding: chunked"::equalsIgnoreCase);
        return new WireAnswer(lines.get(0), headers, chunked ? joined(parts[1]) : parts[1]);
    }

    /** Where chunks are cut is up to the network. */
    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        int position = 0;
        while (true) {
            int end = chunks.indexOf("\r\n", position);
            int length = Integer.parseInt(chunks.substring(position, end), 16);
            if (length == 0) {
                return body.toString();
            }
            body.append(chunks, end + 2, end + 2 + length);
            position = end + 2 + length + 2;
        }
    }

    /** This answer as if these words had never been in its body. */
    WireAnswer without(String words) {
        String shorter = body.replace(words, "");
        String before = "content-length: " + body.length();
        String after = "content-length: " + shorter.length();
        return new WireAnswer(
                statusLine,
                headers.stream()
                        .map(header -> header.equals(before) ? after : header)
                        .toList(),
                shorter);
    }

    int status() {
        return Integer.parseInt(statusLine.split(" ")[1]);
    }

    /** All of it, one line a header. */
    String text() {
        return statusLine + "\n" + String.join("\n", headers) + "\n\n" + body;
    }
}
