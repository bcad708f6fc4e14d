package io.taskhub.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FetcherTest {
    private static final WebClient.Limits QUICK =
            new WebClient.Limits(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(800));
    private static final WebClient.Limits PATIENT =
            new WebClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));

    @TempDir
    private Path directory;

    private final LocalSite site = new LocalSite();
    private Fetcher fetcher = new Fetcher(new AddressRules(true), PATIENT);

    @AfterEach
    void close() {
        fetcher.close();
        site.close();
    }

    private void with(AddressRules rules, WebClient.Limits limits) {
        fetcher.close();
        fetcher = new Fetcher(rules, limits);
    }

    private Path file() {
        return directory.resolve("page");
    }

    private Fetcher.Fetched fetch(String url) throws IOException, InterruptedException {
        return fetcher.fetch(URI.create(url), "text/html", file(), 1 << 20);
    }

    @Test
    void a_page_is_in_the_file_and_the_request_says_who_asks() throws Exception {
        site.with("/page", "text/html; charset=utf-8", "<p>hello</p>");
        Fetcher.Fetched fetched = fetch(site.url("/page"));
        assertThat(fetched)
                .isEqualTo(new Fetcher.Fetched(URI.create(site.url("/page")), "text/html; charset=utf-8", 12));
        assertThat(file()).hasContent("<p>hello</p>");
        assertThat(site.seen().getFirst().headers())
                .containsEntry("Accept", List.of("text/html"))
                .containsKey("User-agent")
                .doesNotContainKeys("Cookie", "Authorization");
    }

    @Test
    void redirects_are_followed_and_cookies_forgotten() throws Exception {
        site.with("/a", exchange -> {
                    exchange.getResponseHeaders().add("Set-Cookie", "a=b");
                    LocalSite.moved("/b").answer(exchange);
                })
                .with("/b", LocalSite.moved(site.url("/c?x=ä b")))
                .with("/c?x=%C3%A4%20b", "text/plain", "end");
        assertThat(fetch(site.url("/a")).uri()).hasToString(site.url("/c?x=%C3%A4%20b"));
        assertThat(site.seen()).hasSize(3).allSatisfy(seen -> assertThat(seen.headers())
                .doesNotContainKey("Cookie"));
    }

    @Test
    void a_loop_of_redirects_ends_after_five() {
        site.with("/loop", LocalSite.moved("/loop"));
        assertThatThrownBy(() -> fetch(site.url("/loop")))
                .isInstanceOf(FetchRefusedException.class)
                .hasMessage("more than 5 redirects");
        assertThat(site.seen()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.2]/",
                "http://[fe80::1]/",
                "http://[fc00::1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://0.0.0.0/",
                "http://localhost/",
                "http://localhost./",
                "//192.168.0.1/",
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "http://u:p@127.0.0.1/",
                "http://2130706434/",
                "http://0x7f.2/",
                "gopher://x/"
            })
    void a_redirect_leads_nowhere_that_is_not_allowed(String target) {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        with(
                new AddressRules(
                        address -> address.equals(here) || PublicAddresses.contain(address),
                        host -> host.startsWith("localhost")
                                ? new InetAddress[] {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")}
                                : InetAddress.getAllByName(host)),
                PATIENT);
        site.with("/out", LocalSite.moved(target));
        assertThatThrownBy(() -> fetch(site.url("/out"))).isInstanceOf(FetchRefusedException.class);
    }

    @Test
    void a_private_address_is_refused_by_name() {
        with(new AddressRules(false), PATIENT);
        assertThatThrownBy(() -> fetch(site.url("/page")))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessage("private address refused: 127.0.0.1");
        assertThat(site.seen()).isEmpty();
    }

    @Test
    void the_address_that_was_checked_is_the_one_that_is_dialled() {
        AtomicInteger looks = new AtomicInteger();
        with(
                new AddressRules(true, host -> new InetAddress[] {
                    InetAddress.ofLiteral(looks.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1")
                }),
                PATIENT);
        assertThatThrownBy(() -> fetch("http://rebound.test:" + site.port() + "/"))
                .isInstanceOf(ConnectException.class);
        assertThat(looks).hasValue(1);
        assertThat(site.seen()).isEmpty();
    }

    @Test
    void an_unknown_host_may_be_known_later() {
        with(
                new AddressRules(false, host -> {
                    throw new UnknownHostException(host);
                }),
                PATIENT);
        assertThatThrownBy(() -> fetch("http://a.test/")).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 304})
    void a_page_that_is_not_there_will_not_be_there(int status) {
        site.with("/page", LocalSite.page(status, "text/html", status == 304 ? "" : "no"));
        assertThatThrownBy(() -> fetch(site.url("/page")))
                .isInstanceOf(FetchRefusedException.class)
                .hasMessage("HTTP status " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void a_server_in_trouble_may_recover_and_is_asked_once(int status) {
        site.with("/page", LocalSite.page(status, "text/html", "later"));
        assertThatThrownBy(() -> fetch(site.url("/page")))
                .isNotInstanceOf(FetchRefusedException.class)
                .hasMessage("HTTP status " + status);
        assertThat(site.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/long", "/bomb", "/endless"})
    void more_than_the_limit_is_never_taken_in(String path) throws Exception {
        site.with("/long", "text/html", new byte[50 << 20])
                .with("/bomb", LocalSite.bomb(200))
                .with("/endless", LocalSite.endless());
        assertThatThrownBy(() -> fetch(site.url(path)))
                .isInstanceOf(FetchRefusedException.class)
                .hasMessage("larger than 1 MiB");
        assertThat(Files.size(file())).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void a_compressed_page_is_unpacked() throws Exception {
        site.with("/packed", LocalSite.bomb(1));
        assertThat(fetch(site.url("/packed")).bytes()).isEqualTo(1 << 20);
        assertThat(site.seen().getFirst().headers().get("Accept-encoding"))
                .anySatisfy(value -> assertThat(value).contains("gzip"));
    }

    @Test
    void a_server_that_says_nothing_is_left() {
        with(new AddressRules(true), QUICK);
        site.with("/silent", site.silent());
        assertThatThrownBy(() -> fetch(site.url("/silent")))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("no answer within 0.4 s");
    }

    @Test
    void a_slow_drip_ends_when_its_time_is_over() {
        with(new AddressRules(true), QUICK);
        site.with("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        });
        assertThatThrownBy(() -> fetch(site.url("/drip")))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("took longer than 0.8 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/stuck"})
    void an_interrupt_ends_a_fetch_at_once(String path) throws Exception {
        site.with("/silent", site.silent()).with("/stuck", site.stuck());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                fetch(site.url(path));
            } catch (IOException | InterruptedException e) {
                thrown.complete(e);
            }
        });
        await().until(() -> !site.seen().isEmpty());
        thread.interrupt();
        assertThat(thrown.get(2, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
}
