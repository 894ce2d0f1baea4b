package io.latchkey.model;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Represents a block of IP addresses in CIDR notation (RFC 4632, RFC 4291), such as {@code 192.0.2.0/24} or {@code
 * 2001:db8::/32}. A single address is a block of its own. IPv4-mapped IPv6 addresses are the IPv4 addresses they stand
 * for.
 */
public final class AddressRange {

    /** What is wrong with text that is no range. */
    public static final String FAULT =
            "must be an address such as 192.0.2.7, or a block such as 192.0.2.0/24 with zeros behind its prefix";

    /** What is wrong with text that is no single address. */
    public static final String SINGLE_FAULT = "must be an IP address such as 192.0.2.1";

    /** What stands before an IPv4 address in an IPv4-mapped one. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int SUBSCRIBER_BITS = 64;

    // Octal to some readers ("010.0.0.1"); and "::192.0.2.1", which Netty takes for the IPv4 address and others do not.
    private static final Pattern UNCLEAR = Pattern.compile("(^|[.:])0[0-9]+(?=\\.|$)|^[0:]*:[0-9]+\\.");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** Empty unless the text is a literal address, with or without a prefix length whose host bits are all zero. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        byte[] written = literal(slash < 0 ? text : text.substring(0, slash));
        if (written == null) {
            return Optional.empty();
        }
        byte[] address = unmapped(written);
        int shorter = (written.length - address.length) * 8;
        Optional<Integer> length =
                slash < 0 ? Optional.of(written.length * 8) : length(text.substring(slash + 1), written.length * 8);
        return length.map(bits -> bits - shorter)
                .filter(bits -> bits >= 0 && Arrays.equals(masked(address, bits), address))
                .map(bits -> new AddressRange(address, bits));
    }

    /** As {@link #parse}, where the bits behind the prefix may be anything: the block that the address lies in. */
    public static Optional<AddressRange> around(String text) {
        Optional<AddressRange> exact = parse(text);
        int slash = text.indexOf('/');
        if (exact.isPresent() || slash < 0) {
            return exact;
        }
        byte[] address = literal(text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        return length(text.substring(slash + 1), address.length * 8)
                .flatMap(bits -> parse(NetUtil.bytesToIpAddress(masked(address, bits)) + "/" + bits));
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] network = address.clone();
        if (bits < network.length * 8) {
            network[bits / 8] &= (byte) (0xff00 >>> bits % 8);
            Arrays.fill(network, bits / 8 + 1, network.length, (byte) 0);
        }
        return network;
    }

    /** The literal address this text is, in its shortest notation; empty for blocks and for everything else. */
    public static Optional<String> single(String text) {
        return text.indexOf('/') >= 0 ? Optional.empty() : parse(text).map(AddressRange::toString);
    }

    /**
     * The block that identifies the subscriber of a literal address: the address, or of IPv6 its first 64 bits, since a
     * subscriber chooses the others. Empty for everything else.
     */
    public static Optional<String> subscriber(String address) {
        return parse(address)
                .filter(range -> range.bits == range.network.length * 8)
                .map(range -> range.network.length == IPV4_BYTES
                        ? range
                        : new AddressRange(masked(range.network, SUBSCRIBER_BITS), SUBSCRIBER_BITS))
                .map(AddressRange::toString);
    }

    /** Whether the literal address lies within; what is no literal address lies nowhere. */
    public boolean contains(String address) {
        byte[] literal = literal(address);
        return literal != null && startsAlike(unmapped(literal));
    }

    /** Whether these together admit every address of IPv4, or every address of IPv6. */
    public static boolean admitEverything(Collection<AddressRange> ranges) {
        return covers(ranges, IPV4_BYTES) || covers(ranges, IPV6_BYTES);
    }

    private static boolean covers(Collection<AddressRange> ranges, int bytes) {
        // Of two blocks one contains the other or they share nothing, so the outermost ones just add up.
        Set<AddressRange> family =
                ranges.stream().filter(range -> range.network.length == bytes).collect(Collectors.toSet());
        BigInteger admitted = family.stream()
                .filter(range -> family.stream().noneMatch(other -> other.encloses(range)))
                .map(range -> BigInteger.ONE.shiftLeft(bytes * 8 - range.bits))
                .reduce(BigInteger.ZERO, BigInteger::add);
        return admitted.bitLength() > bytes * 8;
    }

    private boolean encloses(AddressRange other) {
        return bits < other.bits && startsAlike(other.network);
    }

    private boolean startsAlike(byte[] address) {
        return address.length == network.length && Arrays.equals(masked(address, bits), network);
    }

    private static Optional<Integer> length(String text, int most) {
        return text.matches("0|[1-9][0-9]{0,2}")
                ? Optional.of(Integer.parseInt(text)).filter(bits -> bits <= most)
                : Optional.empty();
    }

    /** Never asks a name server. Null for what is no address; zones ({@code fe80::1%eth0}) mean nothing elsewhere. */
    private static byte[] literal(String text) {
        boolean elsewhere = text.isEmpty() || text.indexOf('%') >= 0 || text.indexOf('[') >= 0;
        return elsewhere || UNCLEAR.matcher(text).find() ? null : NetUtil.createByteArrayFromIpAddressString(text);
    }

    private static byte[] unmapped(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return address;
        }
        boolean mapped = Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        return mapped ? Arrays.copyOfRange(address, MAPPED.length, IPV6_BYTES) : address;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && bits == range.bits && Arrays.equals(network, range.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }

    /** The shortest notation; without prefix length for a single address. */
    @Override
    public String toString() {
        String address = NetUtil.bytesToIpAddress(network);
        return bits == network.length * 8 ? address : address + "/" + bits;
    }
}
