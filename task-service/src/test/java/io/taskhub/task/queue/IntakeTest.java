package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.TaskException;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IntakeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    private final String key = UUID.randomUUID().toString();

    @Test
    void one_bad_task_fails_alone_among_strangers_and_in_its_own_request() throws Exception {
        NewTask bad = Given.task().withPayload("{\"a\":\"\0\"}").build();
        List<Future<List<Submission>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                List<NewTask> request = i % 20 == 7
                        ? List.of(Given.task().build(), bad, Given.task().build())
                        : List.of(Given.task().build());
                answers.add(callers.submit(() -> tasks.submit(request)));
            }
        }
        int refused = 0;
        int accepted = 0;
        for (Future<List<Submission>> answer : answers) {
            for (Submission one : answer.get()) {
                refused += one instanceof Submission.Refused ? 1 : 0;
                accepted += one instanceof Submission.Accepted ? 1 : 0;
            }
        }
        assertThat(refused).isEqualTo(3);
        assertThat(accepted).isEqualTo(63);
    }

    @Test
    void a_unique_key_admits_one_until_it_ends() {
        NewTask unique = Given.task().unique(key, HOUR).build();
        Submission.Accepted first = engine.submit(unique);
        assertThat(tasks.submit(List.of(unique, unique)))
                .containsExactly(new Submission.AlreadyExists(first.id()), new Submission.AlreadyExists(first.id()));
        EngineFixture.Worker worker = engine.worker(unique.queue());
        worker.reports(EngineFixture.success(worker.claimsOne()));
        assertThat(tasks.submit(List.of(unique)).getFirst()).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void an_archived_task_keeps_its_key_until_the_window_ends() {
        NewTask unique = Given.task().unique(key, HOUR).build();
        Submission.Accepted first = engine.submit(unique);
        EngineFixture.Worker worker = engine.worker(unique.queue());
        worker.reports(EngineFixture.failure(worker.claimsOne(), "no"));
        assertThat(tasks.submit(List.of(unique))).containsExactly(new Submission.AlreadyExists(first.id()));
        engine.passes(HOUR.plusSeconds(1));
        assertThat(tasks.submit(List.of(unique)).getFirst()).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void cancel_and_delete_free_the_key_and_of_two_in_one_request_the_first_wins() {
        NewTask unique = Given.task().unique(key, HOUR).build();
        List<Submission> both = tasks.submit(List.of(unique, unique));
        Submission.Accepted first = (Submission.Accepted) both.getFirst();
        assertThat(both.get(1)).isEqualTo(new Submission.AlreadyExists(first.id()));
        tasks.cancel(first.id().toString(), "");
        Submission.Accepted second = engine.submit(unique);
        tasks.delete(second.id().toString());
        assertThat(tasks.submit(List.of(unique)).getFirst()).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void many_at_once_under_one_unique_key_make_one_task() throws Exception {
        NewTask unique = Given.task().unique(key, HOUR).build();
        List<Future<List<Submission>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                answers.add(callers.submit(() -> tasks.submit(List.of(unique))));
            }
        }
        int accepted = 0;
        for (Future<List<Submission>> answer : answers) {
            accepted += answer.get().getFirst() instanceof Submission.Accepted ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(1);
    }

    @Test
    void a_thousand_orders_are_one_transaction_and_their_repetition_writes_nothing() {
        String queue = "q-" + key;
        List<NewTask> orders = IntStream.range(0, 1_000)
                .mapToObj(i -> Given.task().inQueue(queue).orderedAs(key + i).build())
                .toList();
        List<Submission> first = tasks.submit(orders);
        assertThat(first).allMatch(Submission.Accepted.class::isInstance);
        assertThat(engine.count("SELECT count(DISTINCT xmin::text) FROM task WHERE queue = '" + queue + "'"))
                .isEqualTo(1);
        assertThat(tasks.submit(orders))
                .isEqualTo(first.stream()
                        .map(one -> new Submission.AlreadyExists(((Submission.Accepted) one).id()))
                        .toList());
        assertThat(engine.count("SELECT count(*) FROM task WHERE queue = '" + queue + "'"))
                .isEqualTo(1_000);
    }

    @Test
    void a_request_with_an_idempotency_key_takes_effect_once() throws Exception {
        NewTask task = Given.task().build();
        List<Future<Once.Answer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                answers.add(callers.submit(() -> tasks.submitOnce(once("body"), List.of(task))));
            }
        }
        Once.Answer first = answers.getFirst().get();
        for (Future<Once.Answer> answer : answers) {
            assertThat(answer.get()).isEqualTo(first);
        }
        assertThat(engine.worker(task.queue()).claims(10)).hasSize(1);
        assertThatThrownBy(() -> tasks.submitOnce(once("other"), List.of(task)))
                .isInstanceOf(TaskException.KeyReused.class);
        engine.passes(Duration.ofHours(25));
        assertThat(tasks.submitOnce(once("other"), List.of(task))).isNotEqualTo(first);
    }

    @Test
    void a_task_that_is_born_failed_never_runs_and_is_counted() {
        NewTask failed = Given.task()
                .born(new NewTask.Born.Failed("missing cmd in params"))
                .build();
        Submission.Accepted id = engine.submit(failed);
        assertThat(id.state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(tasks.find(id.id().toString()).orElseThrow().result().message())
                .isEqualTo("missing cmd in params");
        assertThat(tasks.history(id.id().toString(), 0, 10).orElseThrow().events())
                .hasSize(2);
        assertThat(tasks.queueStats(failed.queue()).getFirst().archived()).isEqualTo(1);
        assertThat(engine.worker(failed.queue()).claims(1)).isEmpty();
    }

    private Once once(String fingerprint) {
        return new Once("caller", "/tasks", key, fingerprint, made -> new Once.Answer(201, made.toString()));
    }
}
