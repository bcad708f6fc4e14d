package io.taskhub.realtime.feed;

/** Hears of every change of a task that came in by TaskHub's dialect, without its content. Called by the feed: must be quick. */
public interface TaskChanges {

    /** Whether anybody wants to hear. */
    boolean isWanted();

    /**
     * @param task its UUID
     * @param kind the event's kind, as in its JSON
     */
    void changed(String task, String kind);
}
