package io.taskhub.worker.browser.proxy;

import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks the proxy for.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param path of a plain request with its query; null = a tunnel
 */
record Target(String host, int port, @Nullable String path) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65_535;

    /** @param start {@code CONNECT host:port HTTP/1.1} or {@code GET http://host:port/path HTTP/1.1} */
    static Target of(String start) throws ProtocolException {
        String[] words = start.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not a request of HTTP/1.1");
        }
        boolean tunnel = words[0].equals("CONNECT");
        try {
            URI uri = new URI(tunnel ? "tunnel://" + words[1] : words[1].split("[?#]", 2)[0]);
            String host = uri.getHost();
            if (host == null
                    || uri.getRawUserInfo() != null
                    || (!tunnel && !"http".equalsIgnoreCase(uri.getScheme()))) {
                throw new ProtocolException("not a target for a proxy");
            }
            int port = uri.getPort() < 0 && !tunnel ? HTTP : uri.getPort();
            if (port <= 0 || port > LAST_PORT) {
                throw new ProtocolException("no port");
            }
            return new Target(bare(host), port, tunnel ? null : path(words[1]));
        } catch (URISyntaxException e) {
            throw new ProtocolException("not a target: " + e.getReason());
        }
    }

    /** What a browser asks for to have this page; empty when it is no address of the web. */
    static Optional<Target> ofPage(String url) {
        try {
            URI uri = new URI(url.substring(0, authorityEnd(url)).toLowerCase(Locale.ROOT));
            int port = uri.getPort() < 0 ? ("https".equals(uri.getScheme()) ? HTTPS : HTTP) : uri.getPort();
            return Optional.ofNullable(uri.getHost()).map(host -> new Target(bare(host), port, null));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** As it stands behind the authority: browsers send more characters than {@link URI} would let pass. */
    private static String path(String uri) {
        String path = uri.substring(authorityEnd(uri)).split("#", 2)[0];
        return path.startsWith("/") ? path : "/" + path;
    }

    private static int authorityEnd(String uri) {
        int end = uri.indexOf("//") + 2;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return Math.min(end, uri.length());
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Host and port, which belong to one server whatever is asked of it. */
    String server() {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == HTTP && path != null ? name : name + ":" + port;
    }
}
