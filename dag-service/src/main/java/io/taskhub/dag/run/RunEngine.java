package io.taskhub.dag.run;

import io.taskhub.dag.Dag;
import io.taskhub.dag.NewRun;
import io.taskhub.dag.Runs;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The use cases, put together from the classes that do the work. */
@Singleton
class RunEngine implements Runs {
    private static final String ALPHANUMERICS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int SUFFIX = 6;

    private final SecureRandom random = new SecureRandom();
    private final RunStore store;
    private final RunOrders orders;
    private final Drivers drivers;
    private final Ownership ownership;
    private final RunWaiters waiters;
    private final RunClock clock;

    RunEngine(
            RunStore store,
            RunOrders orders,
            Drivers drivers,
            Ownership ownership,
            RunWaiters waiters,
            RunClock clock) {
        this.store = store;
        this.orders = orders;
        this.drivers = drivers;
        this.ownership = ownership;
        this.waiters = waiters;
        this.clock = clock;
    }

    @Override
    public String start(NewRun wanted) {
        if (ownership.number() == 0) {
            ownership.ensure();
            clock.compare();
        }
        while (true) {
            long now = clock.millis();
            String id = now + "_" + suffix();
            Dag dag = wanted.dag();
            RunState state = new RunState(id, dag, List.of(), 0, false);
            Changes first = state.begin(now);
            if (store.create(id, wanted, first, ownership.number(), now)) {
                drivers.begin(
                        new RunStore.Ticket(id, wanted.source(), wanted.createdBy(), wanted.cronJobId(), 1, 1),
                        state,
                        first);
                return id;
            }
            Optional<String> before = Optional.ofNullable(wanted.key()).flatMap(store::byKey);
            if (before.isPresent()) {
                return before.get();
            }
        }
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder(SUFFIX);
        for (int i = 0; i < SUFFIX; i++) {
            suffix.append(ALPHANUMERICS.charAt(random.nextInt(ALPHANUMERICS.length())));
        }
        return suffix.toString();
    }

    @Override
    public CompletionStage<Void> whenEnded(String run) {
        CompletableFuture<Void> end = waiters.enter(run);
        if (!drivers.carries(run)) {
            waiters.look(List.of(run));
        }
        return end;
    }

    @Override
    public void cancel(String run, String reason) {
        orders.cancel(run, reason, ownership.number(), clock.millis());
        drivers.load(run);
    }

    @Override
    public List<String> retry(String run) {
        List<String> again = orders.retry(run, ownership.number(), clock.millis());
        drivers.load(run);
        return again;
    }
}
