package io.latchkey.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Compared with arithmetic on whole numbers, and with how the JDK writes addresses. */
final class AddressRangePropertiesTest {

    @Property
    void aBlockHoldsTheAddressesThatShareItsFirstBits(
            @ForAll("addresses") byte[] base,
            @ForAll @IntRange(max = 128) int length,
            @ForAll @IntRange(max = 127) int flipped) {
        int size = base.length * 8;
        int bits = length % (size + 1);
        int bit = flipped % size;
        byte[] network = masked(base, bits);

        AddressRange range = AddressRange.parse(text(network) + "/" + bits).orElseThrow();

        assertEquals(true, range.contains(text(base)));
        assertEquals(bit >= bits, range.contains(text(flip(base, bit))));
    }

    @Property
    void aBlockWithHostBitsIsRefused(@ForAll("addresses") byte[] base, @ForAll @IntRange(max = 127) int length) {
        int bits = length % (base.length * 8);
        byte[] last = flip(masked(base, bits), base.length * 8 - 1);

        assertEquals(Optional.empty(), AddressRange.parse(text(last) + "/" + bits));
    }

    @Property
    void whatIsWrittenReadsBack(@ForAll("addresses") byte[] base, @ForAll @IntRange(max = 128) int length) {
        int bits = length % (base.length * 8 + 1);
        AddressRange range =
                AddressRange.parse(text(masked(base, bits)) + "/" + bits).orElseThrow();

        assertEquals(Optional.of(range), AddressRange.parse(range.toString()));
    }

    @Property
    void noTextIsAServerError(@ForAll("texts") String text) {
        AddressRange.parse(text)
                .ifPresent(range -> assertEquals(Optional.of(range), AddressRange.parse(range.toString())));
        AddressRange.parse("0.0.0.0/0").orElseThrow().contains(text);
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<Byte> any = Arbitraries.bytes();
        return Arbitraries.oneOf(
                any.array(byte[].class).ofSize(4), any.array(byte[].class).ofSize(16));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789abcdef:.%/[] -xg").ofMaxLength(45), Arbitraries.strings());
    }

    private static byte[] masked(byte[] address, int bits) {
        int hostBits = address.length * 8 - bits;
        return bytes(new BigInteger(1, address).shiftRight(hostBits).shiftLeft(hostBits), address.length);
    }

    /** @param bit counted from the left */
    private static byte[] flip(byte[] address, int bit) {
        return bytes(new BigInteger(1, address).flipBit(address.length * 8 - 1 - bit), address.length);
    }

    private static byte[] bytes(BigInteger number, int size) {
        byte[] address = new byte[size];
        for (int i = 0; i < size; i++) {
            address[i] = number.shiftRight((size - 1 - i) * 8).byteValue();
        }
        return address;
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
