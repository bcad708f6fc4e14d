package io.taskhub.realtime.feed;

/**
 * Somebody on one event loop who wants what happens under some keys. Called on that loop only.
 *
 * @param <T> an event or a log line
 */
public interface Listener<T> {

    /** In the order of the topic; the same item may come twice when it matches two of the keys. */
    void take(Published<T> item);

    /** The feed had to jump: records may have been missed that no later one tells of. */
    void feedJumped();
}
