package io.taskhub.worker.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP/1.1 for requests that a client of ours wrote. Every connection goes to an address that {@link AddressRules} gave for it, also
 * after a redirect; cookies are not kept, and proxies of the environment are not asked. A call blocks its virtual thread and
 * ends at once when that is interrupted.
 */
public final class WebClient implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_CONNECTIONS = 2_000;
    private static final long IDLE_SECONDS = 20;
    private static final String USER_AGENT = "TaskHub/0.1";

    private final Limits limits;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * How long things may take; zero = as long as they like.
     *
     * @param connect to one address, TLS included
     * @param headers from the request to the head of its answer
     * @param total with all redirects, to the end of the body
     */
    public record Limits(Duration connect, Duration headers, Duration total) {}

    /** Whether compressed answers are asked for and unpacked. */
    public enum Content {
        UNPACKED,
        AS_SENT
    }

    public WebClient(AddressRules rules, Limits limits, Content content) {
        this.limits = limits;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("web-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        Timeout connect = Timeout.of(limits.connect());
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(dialling(rules))
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.DISABLED)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent(USER_AGENT)
                .setRetryStrategy(new StaleConnectionRetry())
                .evictIdleConnections(TimeValue.ofSeconds(IDLE_SECONDS))
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
        this.client = (content == Content.AS_SENT ? builder.disableContentCompression() : builder).build();
    }

    /**
     * The answer at the end of the redirects, whatever its status. The caller closes it.
     *
     * @throws FetchRefusedException when an address is refused, or there are too many redirects
     * @throws java.net.SocketTimeoutException when one of the limits is over
     */
    public WebAnswer send(WebRequest first) throws IOException, InterruptedException {
        Deadline deadline = new Deadline(timer, limits.total());
        try {
            WebRequest request = first;
            for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
                WebAnswer answer = exchange(request, deadline);
                Optional<URI> target = redirect(answer);
                if (target.isEmpty()) {
                    return answer;
                }
                answer.drop();
                request = request.redirected(answer.status(), target.get());
            }
            throw new FetchRefusedException("more than " + MOST_REDIRECTS + " redirects");
        } catch (IOException | InterruptedException | RuntimeException e) {
            deadline.close();
            throw e;
        }
    }

    private WebAnswer exchange(WebRequest request, Deadline deadline) throws IOException, InterruptedException {
        HttpUriRequestBase message = request.message();
        Future<?> head = deadline.watch(message, limits.headers());
        try {
            return new WebAnswer(
                    request.uri(),
                    message,
                    client.executeOpen(RoutingSupport.determineHost(message), message, HttpClientContext.create()),
                    deadline);
        } catch (HttpException e) {
            throw new IOException(e);
        } catch (IOException e) {
            throw reason(e, deadline);
        } finally {
            head.cancel(false);
        }
    }

    private static Optional<URI> redirect(WebAnswer answer) throws IOException {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> {
                Optional<String> location = answer.header("location");
                yield location.isEmpty() ? Optional.empty() : Optional.of(WebAddress.of(answer.uri(), location.get()));
            }
            default -> Optional.empty();
        };
    }

    /** What an exception of the library means. */
    static IOException reason(IOException thrown, Deadline deadline) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        deadline.check();
        return thrown.getCause() instanceof AddressRefusedException refused ? refused : thrown;
    }

    private static DnsResolver dialling(AddressRules rules) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                try {
                    return rules.resolve(host).toArray(InetAddress[]::new);
                } catch (AddressRefusedException e) {
                    UnknownHostException refused = new UnknownHostException(host);
                    refused.initCause(e);
                    throw refused;
                }
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
