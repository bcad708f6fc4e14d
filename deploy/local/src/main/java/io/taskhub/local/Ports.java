package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports: free ones for tests, and whether a wanted one is taken. */
public final class Ports {
    private Ports() {}

    /** Distinct ports that nobody listens on now. They are held together while being chosen, so no two are the same. */
    public static List<Integer> free(int count) {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> ports = new ArrayList<>(count > 1 ? free(count - 1) : List.of());
            ports.add(first.getLocalPort());
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /** Whether a server may listen there. Connections of the last server that linger in TIME_WAIT do not count. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
