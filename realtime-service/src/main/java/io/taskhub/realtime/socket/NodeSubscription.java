package io.taskhub.realtime.socket;

import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Listener;
import io.taskhub.realtime.feed.NodeEvent;
import io.taskhub.realtime.feed.Published;
import java.util.Set;

/** Events of a DAG's nodes under one logical id, as dag-service publishes them. */
final class NodeSubscription implements Subscription, Listener<NodeEvent> {
    private final Command.Target target;
    private final Lane lane;
    private final Sources sources;
    private final Reader reader;

    NodeSubscription(Command.Subscribe command, Lane lane, Sources sources, Reader reader) {
        this.target = command.target();
        this.lane = lane;
        this.sources = sources;
        this.reader = reader;
    }

    @Override
    public void begin() {
        sources.channels().nodes().enter(lane, Set.of(target.task()), this);
    }

    @Override
    public void end() {
        sources.channels().nodes().leave(lane, Set.of(target.task()), this);
    }

    @Override
    public void take(Published<NodeEvent> item) {
        if (target.run() == null || target.run().equals(item.value().run_id())) {
            reader.push(item, target.task(), sources.wording()::node);
        }
    }

    @Override
    public void feedJumped() {
        // live only: dag-service keeps the history of its runs
    }

    @Override
    public void pump() {
        // nothing to read
    }
}
