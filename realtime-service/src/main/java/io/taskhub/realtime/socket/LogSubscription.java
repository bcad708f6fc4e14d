package io.taskhub.realtime.socket;

import io.taskhub.contracts.LogPage;
import io.taskhub.contracts.LogRecord;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.join.LogJoin;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Log lines under one key. */
final class LogSubscription implements Subscription, Listener<LogRecord> {
    private static final int PAGE = 200;
    private static final long RETRY_MS = 1_000;

    private final Command.Target target;
    private final Set<String> keys;
    private final Lane lane;
    private final Sources sources;
    private final Reader reader;
    private final LogJoin join;
    private final Receipts receipts;
    private boolean ended;

    LogSubscription(Command.Subscribe command, Lane lane, Sources sources, Reader reader, long nowMs) {
        this.target = command.target();
        this.keys = Subscription.keys(target.task());
        this.lane = lane;
        this.sources = sources;
        this.reader = reader;
        this.receipts = new Receipts(reader.ledger(), Topic.TASK_LOGS);
        this.join = command.from() == null ? LogJoin.live(nowMs) : LogJoin.from(command.from());
    }

    @Override
    public void begin() {
        sources.channels().logs().enter(lane, keys, this);
        pump();
    }

    @Override
    public void end() {
        ended = true;
        receipts.close();
        sources.channels().logs().leave(lane, keys, this);
    }

    @Override
    public void take(Published<LogRecord> item) {
        if (target.run() != null && !target.run().equals(item.value().run_id())) {
            return;
        }
        push(join.live(item.value()), item);
        pump();
    }

    @Override
    public void feedJumped() {
        join.recheck();
        pump();
    }

    @Override
    public void pump() {
        if (!ended && reader.hasRoom() && join.startsReading()) {
            sources.history()
                    .logs(
                            target.task(),
                            target.run(),
                            join.cursor(),
                            PAGE,
                            sources.positions().logs())
                    .onComplete(this::stored, this::failed);
        }
    }

    private void stored(LogPage page) {
        push(join.page(page.records(), page.more()), null);
        pump();
    }

    private void failed(Throwable failure) {
        lane.after(RETRY_MS, () -> {
            join.readFailed();
            pump();
        });
    }

    private void push(List<LogRecord> lines, @Nullable Published<LogRecord> item) {
        for (LogRecord line : lines) {
            if (!ended && receipts.note(line.task(), line.claim(), line.n())) {
                Published<LogRecord> shared = item != null && item.value().equals(line) ? item : new Published<>(line);
                reader.push(shared, target.task(), sources.wording()::log);
            }
        }
    }
}
