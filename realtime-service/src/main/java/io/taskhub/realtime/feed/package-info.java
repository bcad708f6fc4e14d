/**
 * The live feed. One thread reads all partitions of the three topics from their ends, without a group, and hands each wanted
 * record, decoded once, to the event loops.
 *
 * <pre>
 *  Kafka ──▶ FeedReader ──▶ Dispatcher ──(wanted?)──▶ Lane (one per event loop) ──▶ Listener, Listener …
 *              │ positions                                 │ paced passes, one flush per connection and pass
 *              ▼
 *           Positions ──▶ history calls for logs
 * </pre>
 *
 * Why nothing is lost: a listener is entered first and reads history afterwards. A record that the feed judged before the entry
 * was already counted in {@link io.taskhub.realtime.feed.Positions} and is in the history; any later one is delivered.
 */
@NullMarked
package io.taskhub.realtime.feed;

import org.jspecify.annotations.NullMarked;
