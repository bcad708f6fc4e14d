package io.taskhub.worker.text;

import io.taskhub.contracts.Report;
import io.taskhub.worker.child.Child;
import io.taskhub.worker.child.Children;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.Payload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * {@code brief.daily_slot} {hour_utc, key_date, target_language}: one {@code brief.generate} for each user whose hour it is. It fails when
 * every brief has failed.
 */
@Singleton
public final class BriefDailySlot implements Executor {
    private final BriefUsers users;
    private final Children children;
    private final Clock clock;

    @Inject
    public BriefDailySlot(BriefUsers users, Children children) {
        this(users, children, Clock.systemUTC());
    }

    BriefDailySlot(BriefUsers users, Children children, Clock clock) {
        this.users = users;
        this.children = children;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return Set.of("brief.daily_slot");
    }

    @Override
    public int ownPlaces() {
        return Children.MOST_PARENTS;
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws InterruptedException {
        int hour = Wanted.hour(payload);
        String date = Wanted.keyDate(payload, clock.instant()).toString();
        String language = Wanted.targetLanguage(payload);
        if (!users.isConfigured()) {
            return Ended.hopeless(BriefUsers.UNKNOWN);
        }
        try {
            return run(run, new Slot(hour, date, language), users.at(hour));
        } catch (IOException e) {
            return Ended.failed(1, Objects.requireNonNullElse(e.getMessage(), "the source of users is broken"));
        }
    }

    private record Slot(int hour, String date, String language) {

        Child child(Execution run, Object user) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("user_id", user);
            payload.put("key_date", date);
            payload.put("hour_utc", hour);
            payload.put("target_language", language);
            return Child.of(run.work(), "slot", user.toString(), BriefGenerate.TYPE, Payload.json(payload));
        }
    }

    private Ended run(Execution run, Slot slot, List<BriefUsers.User> due) throws IOException, InterruptedException {
        SlotProgress progress = new SlotProgress(run, slot.hour(), slot.date(), due);
        try {
            children.attend(
                    run,
                    () -> due.stream().map(user -> slot.child(run, user.id())).toList(),
                    progress::hear);
        } catch (InterruptedException e) {
            if (run.stopped() == Execution.Stop.CANCELLED) {
                progress.summary(true);
            }
            throw e;
        }
        String summary = progress.summary(false);
        return progress.allFailed()
                ? new Ended(Report.Outcome.FAILED, false, 1, progress.failure(), summary)
                : Ended.success(summary);
    }
}
