package io.latchkey.demo;

import io.latchkey.server.ServerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of the demo and the property that chooses it. */
record DemoPort(String user, String property, int number) {

    static DemoPort of(String user, String property) {
        String value = System.getProperty(property, "");
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= 65535) {
                return new DemoPort(user, property, number);
            }
        } catch (NumberFormatException e) {
            // Told below, as any other number that is no port.
        }
        throw new ServerFailure("-D" + property + "=" + value + " is no port: use a number from 1 to 65535.");
    }

    void requireFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), number));
        } catch (IOException e) {
            throw new ServerFailure(
                    "Port %d, which %s would use, is not free (%s). Stop what uses it, or choose another: mvn -Pdemo -D%s=%d"
                            .formatted(
                                    number,
                                    user,
                                    e.getMessage(),
                                    property,
                                    number < 65000 ? number + 100 : number - 100),
                    e);
        }
    }
}
