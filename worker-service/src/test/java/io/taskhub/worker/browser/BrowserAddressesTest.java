package io.taskhub.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.Condition;
import io.taskhub.contracts.Locator;
import io.taskhub.contracts.PlanAction;
import io.taskhub.contracts.Report.Outcome;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("browser")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrowserAddressesTest {
    private static final String HOME = "http://shop.example/";

    /** Tries every way out that a page has, and says so in its title when all were tried. */
    private static final String SNEAK = """
            <title>trying</title>
            <body><script>
              const inside = 'http://127.0.0.1:PORT';
              const event = (target, names) => new Promise(done => names.forEach(name => target.addEventListener(name, done)));
              const element = (tag, src) => {
                const made = document.createElement(tag);
                made.src = src;
                document.body.append(made);
                return event(made, ['load', 'error']);
              };
              const socket = url => event(new WebSocket(url), ['open', 'close']);
              const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:UDP'}]});
              peer.createDataChannel('x');
              peer.createOffer().then(offer => peer.setLocalDescription(offer));
              Promise.allSettled([
                element('iframe', inside + '/iframe'),
                element('img', inside + '/img'),
                element('img', 'http://inner.example/img'),
                element('img', '/to/img?' + inside + '/redirected'),
                element('script', 'http://localhost:PORT/script'),
                fetch(inside + '/fetch', {mode: 'no-cors'}),
                fetch(inside + '/beacon', {method: 'POST', body: 'x', keepalive: true, mode: 'no-cors'}),
                fetch('/allowed'),
                fetch('http://[::1]:PORT/six', {mode: 'no-cors'}),
                socket('ws://127.0.0.1:PORT/ws'),
                socket('ws://shop.example/ws'),
                new Promise(done => setTimeout(done, 500))
              ]).then(() => document.title = 'all tried');
            </script>
            """;

    @TempDir
    Path work;

    private final Site site;

    BrowserAddressesTest() throws IOException {
        site = new Site();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void nothing_that_a_page_does_reaches_a_private_address() throws IOException {
        try (DatagramSocket stun = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            site.page(
                            "/",
                            SNEAK.replace("PORT", Integer.toString(site.port()))
                                    .replace("UDP", Integer.toString(stun.getLocalPort())))
                    .page("/allowed", "yes");
            AgentRun run = AgentRun.start(
                    work,
                    site.dialer(),
                    new PlanAction.Navigate(HOME),
                    new PlanAction.Wait(new Condition.TitleMatches("all tried")));
            assertThat(run.ended().outcome())
                    .as("%s %s", run.ended(), run.logs())
                    .isEqualTo(Outcome.SUCCEEDED);
            assertThat(site.hits())
                    .contains("shop.example /allowed", "shop.example /ws")
                    .allMatch(hit -> hit.startsWith("shop.example "));
            assertThat(run.logs())
                    .contains(
                            "warn private address refused: 127.0.0.1",
                            "warn private address refused: localhost",
                            "warn private address refused: ::1",
                            "warn private address refused: inner.example");
            stun.setSoTimeout(1);
            assertThatThrownBy(() -> stun.receive(new DatagramPacket(new byte[1], 1)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example/to/x?http://inner.example/, ADDRESS_REFUSED",
        "http://shop.example/to/x?https://inner.example/, ADDRESS_REFUSED",
        "https://inner.example/, ADDRESS_REFUSED",
        "file:///etc/passwd, ADDRESS_REFUSED",
        "http://nowhere.example/, NAVIGATION_FAILED"
    })
    void a_plan_that_leads_there_fails(String url, String code) {
        AgentRun run = AgentRun.start(work, site.dialer(), new PlanAction.Navigate(url));
        assertThat(run.failure()).isEqualTo(code);
    }

    @Test
    void what_a_page_is_refused_by_the_way_is_not_why_another_cannot_be_had() {
        site.page("/", """
                <title>trying</title>
                <script>
                  const ask = url => fetch(url, {mode: 'no-cors'}).catch(() => {});
                  setInterval(() => ask('http://inner.example/'), 10);
                  ask('http://shop.example:5432/').then(() => document.title = 'refused');
                </script>
                """);
        AgentRun run = AgentRun.start(
                work,
                site.dialer(),
                new PlanAction.Navigate(HOME),
                new PlanAction.Wait(new Condition.TitleMatches("refused")),
                new PlanAction.Navigate(HOME + "missing"),
                new PlanAction.Navigate(HOME),
                new PlanAction.Wait(new Condition.TitleMatches("refused")),
                new PlanAction.Navigate("https://nowhere.example/"));
        assertThat(run.failure()).isEqualTo("NAVIGATION_FAILED");
        assertThat(run.ended().message()).contains("unknown host: nowhere.example");
        assertThat(run.logs())
                .contains(
                        "warn private address refused: inner.example",
                        "warn private address refused: shop.example:5432",
                        "warn " + HOME + "missing answered 404");
    }

    @Test
    void so_does_a_click_that_leads_there() {
        site.page("/", "<a href='https://inner.example/'>Inside</a>");
        AgentRun run = AgentRun.start(
                work,
                site.dialer(),
                new PlanAction.Navigate(HOME),
                new PlanAction.Click(new Locator.Text("Inside", true)));
        assertThat(run.failure()).isEqualTo("ADDRESS_REFUSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chrome://version",
                "view-source:http://shop.example/",
                "data:text/html,x",
                "javascript:1",
                "shop.example"
            })
    void only_addresses_of_the_web_are_navigated_to(String url) {
        assertThatThrownBy(() -> StepRunner.webAddress(url))
                .isInstanceOfSatisfying(
                        RunFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ADDRESS_REFUSED));
    }
}
