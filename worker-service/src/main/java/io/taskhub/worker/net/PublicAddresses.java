package io.taskhub.worker.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses of the public internet: all but those of the IANA special-purpose registries and a cloud's own, also when an IPv4 one is
 * hidden in an IPv6 one.
 */
final class PublicAddresses {
    /** The host agent of a cloud's machines, which answers there with their configuration. */
    private static final String AZURE_HOST = "168.63.129.16/32";

    private static final List<Block> SPECIAL_V4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            AZURE_HOST,
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    /** Of IPv6 only 2000::/3 is in use, and not all of it is public. */
    private static final Block GLOBAL_V6 = Block.of("2000::/3");

    private static final List<Block> SPECIAL_V6 = blocks("2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16");

    private static final Block NAT64 = Block.of("64:ff9b::/96");
    private static final int V4_BYTES = 4;

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == V4_BYTES) {
            return SPECIAL_V4.stream().noneMatch(block -> block.contains(bytes));
        }
        if (NAT64.contains(bytes)) {
            byte[] inside = Arrays.copyOfRange(bytes, bytes.length - V4_BYTES, bytes.length);
            return SPECIAL_V4.stream().noneMatch(block -> block.contains(inside));
        }
        return GLOBAL_V6.contains(bytes) && SPECIAL_V6.stream().noneMatch(block -> block.contains(bytes));
    }

    private static List<Block> blocks(String... notations) {
        return Arrays.stream(notations).map(Block::of).toList();
    }

    /** A CIDR block: the first {@code bits} of {@code size}. */
    private record Block(BigInteger prefix, int bits, int size) {

        static Block of(String notation) {
            String[] parts = notation.split("/", 2);
            try {
                byte[] address = InetAddress.getByName(parts[0]).getAddress();
                int bits = Integer.parseInt(parts[1]);
                return new Block(first(address, bits), bits, address.length * Byte.SIZE);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(notation, e);
            }
        }

        boolean contains(byte[] address) {
            return address.length * Byte.SIZE == size && first(address, bits).equals(prefix);
        }

        private static BigInteger first(byte[] address, int bits) {
            return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
        }
    }
}
