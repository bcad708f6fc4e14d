package io.taskhub.worker.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelTest {

    private static TestHost answering(TestHost.Answer... answers) {
        Queue<TestHost.Answer> queue = new ArrayDeque<>(List.of(answers));
        return new TestHost(asked -> queue.remove());
    }

    private static String ask(TestHost host) throws IOException, InterruptedException {
        return TestModel.at(host.url("/v1")).ask("be kind", "text");
    }

    @Test
    void it_is_asked_as_openai_is() throws Exception {
        try (TestHost host = TestModel.saying(text -> "said " + text)) {
            assertThat(ask(host)).isEqualTo("said text");
            TestHost.Asked asked = host.asked.getFirst();
            assertThat(asked.uri()).hasPath("/v1/chat/completions");
            assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer secret-key");
            assertThat(TestModel.json(asked).at("/model").asText()).isEqualTo("tiny");
            assertThat(TestModel.json(asked).at("/messages/0/content").asText()).isEqualTo("be kind");
        }
    }

    @Test
    void without_an_address_there_is_none() {
        assertThat(TestModel.none().isConfigured()).isFalse();
        assertThatThrownBy(() -> TestModel.none().ask("a", "b")).isInstanceOf(IOException.class);
    }

    @Test
    void it_wants_at_least_one_place() {
        assertThatThrownBy(() -> TestModel.at(URI.create("http://127.0.0.1:1/v1"), Duration.ofSeconds(1), 0))
                .hasMessage("taskhub.llm.concurrency must be at least 1");
    }

    @Test
    void a_busy_or_broken_model_is_asked_once_more() throws Exception {
        try (TestHost host = answering(TestHost.Answer.status(503), TestModel.says("now"))) {
            assertThat(ask(host)).isEqualTo("now");
        }
        TestHost.Answer busy = new TestHost.Answer(429, Map.of("Retry-After", "1"), "{}");
        try (TestHost host = answering(busy, TestModel.says("now"))) {
            long begun = System.nanoTime();
            assertThat(ask(host)).isEqualTo("now");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(950));
        }
    }

    @Test
    void no_third_time_none_after_a_refusal_and_none_when_it_wants_minutes() {
        try (TestHost host = answering(TestHost.Answer.status(500), TestHost.Answer.status(502))) {
            assertThatThrownBy(() -> ask(host)).hasMessage("the model answered status 502");
        }
        try (TestHost host = answering(new TestHost.Answer(401, Map.of(), "wrong key secret-key"))) {
            assertThatThrownBy(() -> ask(host)).hasMessage("the model answered status 401");
        }
        try (TestHost host = answering(new TestHost.Answer(429, Map.of("Retry-After", "120"), ""))) {
            assertThatThrownBy(() -> ask(host)).hasMessage("the model answered status 429");
        }
    }

    @Test
    void half_an_answer_and_an_answer_that_is_none_are_failures() {
        try (TestHost host = answering(TestModel.says("half", "length"))) {
            assertThatThrownBy(() -> ask(host)).hasMessage("the model's answer was cut");
        }
        try (TestHost host = answering(TestModel.says(" "))) {
            assertThatThrownBy(() -> ask(host)).hasMessage("the model answered nothing");
        }
        try (TestHost host = answering(TestHost.Answer.ok("<html>"))) {
            assertThatThrownBy(() -> ask(host)).hasMessage("the model's answer cannot be read");
        }
        String huge = "x".repeat(5 << 20);
        try (TestHost host = answering(TestHost.Answer.ok(huge), TestHost.Answer.ok(huge))) {
            assertThatThrownBy(() -> ask(host)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_silent_model_is_given_up_in_time() {
        TestHost[] host = new TestHost[1];
        host[0] = new TestHost(asked -> host[0].silence());
        try (TestHost silent = host[0]) {
            Model model = TestModel.at(silent.url("/v1"), Duration.ofMillis(100), 1);
            assertThatThrownBy(() -> model.ask("a", "b")).isInstanceOf(IOException.class);
            assertThat(silent.asked).hasSize(2);
        }
    }

    @Test
    void an_interrupt_ends_a_call_at_once() throws Exception {
        TestHost[] host = new TestHost[1];
        host[0] = new TestHost(asked -> host[0].silence());
        try (TestHost silent = host[0]) {
            FutureTask<String> call = new FutureTask<>(() -> ask(silent));
            Thread thread = Thread.startVirtualThread(call);
            await().until(() -> !silent.asked.isEmpty());
            thread.interrupt();
            assertThatThrownBy(call::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void so_many_calls_at_once_and_no_more() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        try (TestHost host = TestModel.saying(text -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            two.countDown();
            try {
                two.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return text;
        })) {
            Model model = TestModel.at(host.url("/v1/"), Duration.ofSeconds(20), 2);
            List<FutureTask<String>> calls = java.util.stream.IntStream.range(0, 12)
                    .mapToObj(i -> new FutureTask<>(() -> model.ask("a", "b" + i)))
                    .toList();
            calls.forEach(Thread::startVirtualThread);
            for (Future<String> call : calls) {
                assertThat(call.get()).startsWith("b");
            }
            assertThat(most).hasValue(2);
            assertThat(host.asked).allMatch(asked -> asked.uri().getPath().equals("/v1/chat/completions"));
        }
    }
}
