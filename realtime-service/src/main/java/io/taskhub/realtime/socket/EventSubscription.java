package io.taskhub.realtime.socket;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.history.NoSuchTaskException;
import io.taskhub.realtime.join.Join;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events of one plain task. A live-only one begins with whatever comes first; should the feed jump before that, what happened since
 * the subscription is read from history. A DAG's task is left to {@link NodeSubscription}.
 */
final class EventSubscription implements Subscription, Listener<TaskEvent> {
    private static final int PAGE = 200;
    private static final long RETRY_MS = 1_000;

    private final Command.Target target;
    private final Set<String> keys;
    private final Lane lane;
    private final Sources sources;
    private final Reader reader;
    private final Join<TaskEvent> join;
    private final Receipts receipts;
    private final long since;
    private long notBefore = Long.MIN_VALUE;
    private boolean ended;

    EventSubscription(Command.Subscribe command, Lane lane, Sources sources, Reader reader, long nowMs) {
        this.target = command.target();
        this.keys = Subscription.keys(target.task());
        this.lane = lane;
        this.sources = sources;
        this.reader = reader;
        this.receipts = new Receipts(reader.ledger(), Topic.TASK_EVENTS);
        Long from = command.from();
        this.since = nowMs;
        this.join = from == null
                ? Join.live(EventSubscription::seq)
                : Join.after(Math.clamp(from - 1, 0, Integer.MAX_VALUE), EventSubscription::seq);
    }

    private static int seq(TaskEvent event) {
        return event.subject().seq();
    }

    @Override
    public void begin() {
        sources.channels().events().enter(lane, keys, this);
        pump();
    }

    @Override
    public void end() {
        ended = true;
        receipts.close();
        sources.channels().events().leave(lane, keys, this);
    }

    @Override
    public void take(Published<TaskEvent> item) {
        if (isOurs(item.value())) {
            push(join.live(item.value()), item);
            pump();
        }
    }

    private boolean isOurs(TaskEvent event) {
        return event.subject().origin() != Origin.DAG
                && (target.run() == null || target.run().equals(event.subject().run_id()));
    }

    private boolean isNew(TaskEvent.Subject subject) {
        return receipts.note(subject.task(), 0, subject.seq());
    }

    @Override
    public void feedJumped() {
        if (join.hasPosition()) {
            join.recheck();
        } else {
            join.restartAfter(0);
            notBefore = since;
        }
        pump();
    }

    @Override
    public void pump() {
        if (!ended && reader.hasRoom() && join.startsReading()) {
            sources.history().task(target.task(), join.last(), PAGE).onComplete(this::stored, this::failed);
        }
    }

    private void stored(TaskHistory page) {
        push(join.page(page.events(), page.more()), null);
        pump();
    }

    private void failed(Throwable failure) {
        if (failure instanceof NoSuchTaskException) {
            // not yet, or not any more: what comes live is all there is
            push(join.page(List.of(), false), null);
            return;
        }
        lane.after(RETRY_MS, () -> {
            join.readFailed();
            pump();
        });
    }

    private void push(List<TaskEvent> events, @Nullable Published<TaskEvent> item) {
        for (TaskEvent event : events) {
            if (!ended && isOurs(event) && event.subject().ts_ms() >= notBefore && isNew(event.subject())) {
                Published<TaskEvent> shared =
                        item != null && item.value().equals(event) ? item : new Published<>(event);
                reader.push(shared, target.task(), sources.wording()::event);
            }
        }
    }
}
