package io.taskhub.realtime.feed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * One thing that happened, shared by everybody who is told of it, with the texts already written for them: a thousand
 * subscribers of one spelling cost one serialisation.
 *
 * @param <T> an event or a log line
 */
public final class Published<T> {
    private final T value;
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>(2);

    public Published(T value) {
        this.value = value;
    }

    public T value() {
        return value;
    }

    /** The messages about this for clients that spell its task this way; written once. */
    public List<String> texts(String spelling, BiFunction<T, String, List<String>> writer) {
        List<String> known = texts.get(spelling);
        return known != null ? known : texts.computeIfAbsent(spelling, s -> writer.apply(value, s));
    }
}
