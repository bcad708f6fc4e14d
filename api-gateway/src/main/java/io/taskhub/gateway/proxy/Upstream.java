package io.taskhub.gateway.proxy;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** One replica of a service: where it is, how much it has to do, whether it answers. */
final class Upstream {
    private final SocketAddress address;
    private final boolean tls;
    private final AtomicInteger outstanding = new AtomicInteger();
    private volatile boolean down;

    Upstream(URI base) {
        tls = "https".equals(base.getScheme());
        int port = base.getPort() < 0 ? (tls ? 443 : 80) : base.getPort();
        address = SocketAddress.inetSocketAddress(port, base.getHost());
    }

    /** A request to this replica; the caller sets method and path. */
    RequestOptions options() {
        return new RequestOptions()
                .setServer(address)
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(tls);
    }

    int outstanding() {
        return outstanding.get();
    }

    void begin() {
        outstanding.incrementAndGet();
    }

    void end() {
        outstanding.decrementAndGet();
    }

    boolean isDown() {
        return down;
    }

    void down(boolean value) {
        down = value;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
