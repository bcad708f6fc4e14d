package io.taskhub.realtime.socket;

import java.util.HashMap;
import java.util.Map;

/**
 * What one session was sent, so that a record that matches two of its subscriptions is sent once (decisions §3), also while one of
 * them replays. What a subscription took part in is forgotten when it ends: a new one that asks for a replay gets it whole. One event
 * loop only.
 */
final class Ledger {

    /**
     * Records that are numbered among themselves.
     *
     * @param owner a task's id, or for the events of DAG nodes their run's
     * @param claim of log lines; 0 for events, which are numbered over the owner's whole life
     */
    record Stream(Topic topic, Object owner, int claim) {}

    private static final class Page {
        final Sent sent = new Sent();
        int readers;
    }

    private final Map<Stream, Page> pages = new HashMap<>();

    Sent open(Stream stream) {
        Page page = pages.computeIfAbsent(stream, s -> new Page());
        page.readers++;
        return page.sent;
    }

    void close(Stream stream) {
        Page page = pages.get(stream);
        if (page != null) {
            page.sent.clear();
            if (--page.readers == 0) {
                pages.remove(stream);
            }
        }
    }

    int size() {
        return pages.size();
    }
}
