package io.taskhub.bench.scenario;

import java.util.OptionalLong;

/**
 * Picks the numbers out of a WebSocket log message without parsing it: a hundred thousand arrive each second, and the load
 * generator shares its cores with what it measures.
 */
final class LogFrame {
    private static final String LOG = "\"type\":\"log\"";

    private LogFrame() {}

    static boolean isLog(String text) {
        return text.contains(LOG);
    }

    static OptionalLong seq(String text) {
        return numberAfter(text, "\"seq\":");
    }

    static OptionalLong epochMillis(String text) {
        return numberAfter(text, "\"ts_ms\":");
    }

    private static OptionalLong numberAfter(String text, String key) {
        int from = text.indexOf(key);
        if (from < 0) {
            return OptionalLong.empty();
        }
        int i = from + key.length();
        long value = 0;
        int digits = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            value = value * 10 + (text.charAt(i) - '0');
            i++;
            digits++;
        }
        return digits == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
