package io.taskhub.realtime.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.realtime.feed.TaskChanges;
import io.taskhub.realtime.history.History;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * {@code task_created} and {@code task_updated} for every session (decisions §3): changes are collected for 100 ms, then the latest
 * state of all those tasks is asked for at once. When more change than can be shown, the oldest are let go. One window at a time.
 */
@Singleton
final class Broadcasts implements TaskChanges {
    private static final Logger LOG = Logger.getLogger(Broadcasts.class);
    private static final long WINDOW_MS = 100;
    private static final int MAX_TASKS = 500;

    private enum Change {
        CREATED,
        UPDATED,
        CREATED_AND_UPDATED;

        Change and(Change later) {
            return this == later || this == CREATED_AND_UPDATED ? this : CREATED_AND_UPDATED;
        }
    }

    private final Vertx vertx;
    private final Sessions sessions;
    private final History history;
    private final Wording wording;
    private final Map<String, Change> changed = new LinkedHashMap<>();
    private boolean windowOpen;

    Broadcasts(Vertx vertx, Sessions sessions, History history, Wording wording) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.history = history;
        this.wording = wording;
    }

    @Override
    public boolean isWanted() {
        return sessions.count() > 0;
    }

    @Override
    public synchronized void changed(String task, String kind) {
        switch (kind) {
            case "created" -> changed.merge(task, Change.CREATED, Change::and);
            case "progressed", "deleted" -> {
                return;
            }
            default -> changed.merge(task, Change.UPDATED, Change::and);
        }
        if (changed.size() > MAX_TASKS) {
            var oldest = changed.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        if (!windowOpen) {
            windowOpen = true;
            vertx.setTimer(WINDOW_MS, t -> send());
        }
    }

    private void send() {
        Map<String, Change> window = take();
        history.views(window.keySet())
                .onComplete(
                        views -> {
                            sessions.broadcast(messages(window, views));
                            windowSent();
                        },
                        failure -> {
                            LOG.warnf("%d changed tasks are not broadcast: %s", window.size(), failure.toString());
                            windowSent();
                        });
    }

    private synchronized Map<String, Change> take() {
        Map<String, Change> window = new LinkedHashMap<>(changed);
        changed.clear();
        return window;
    }

    private synchronized void windowSent() {
        windowOpen = !changed.isEmpty();
        if (windowOpen) {
            vertx.setTimer(WINDOW_MS, t -> send());
        }
    }

    private List<String> messages(Map<String, Change> window, Map<String, JsonNode> views) {
        List<String> messages = new ArrayList<>();
        window.forEach((task, change) -> {
            JsonNode view = views.get(task);
            if (view == null) {
                return;
            }
            if (change != Change.UPDATED) {
                messages.add(wording.broadcast("task_created", view));
            }
            if (change != Change.CREATED) {
                messages.add(wording.broadcast("task_updated", view));
            }
        });
        return messages;
    }
}
