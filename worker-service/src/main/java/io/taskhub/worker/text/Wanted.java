package io.taskhub.worker.text;

import io.taskhub.worker.executor.InvalidPayloadException;
import io.taskhub.worker.executor.Payload;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What payloads of translations and briefs say, checked. */
final class Wanted {
    static final String CHINESE = "zh-CN";
    private static final String ENGLISH = "en";
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}");
    private static final int MOST_IDS = 1_000;
    private static final int LONGEST_ID = 200;
    private static final int LAST_HOUR = 23;

    private Wanted() {}

    /** A whole number or a string, as it is in the payload. */
    static Object id(Payload payload, String name) {
        Object id = payload.values().get(name);
        if (id == null) {
            throw new InvalidPayloadException("missing " + name);
        }
        return checked(id, name);
    }

    /** As {@link #id}, of something that may be left out. */
    static void optionalId(Payload payload, String name) {
        if (payload.has(name)) {
            id(payload, name);
        }
    }

    /** Each once, at most 1,000, as text. */
    static Set<String> ids(Payload payload, String name) {
        if (!(payload.values().get(name) instanceof List<?> list)) {
            throw new InvalidPayloadException(payload.has(name) ? name + " must be an array" : "missing " + name);
        }
        Set<String> ids = new LinkedHashSet<>();
        list.forEach(id -> ids.add(checked(id, name).toString()));
        if (ids.size() > MOST_IDS) {
            throw new InvalidPayloadException(name + " must be at most " + MOST_IDS);
        }
        return ids;
    }

    private static Object checked(@Nullable Object id, String name) {
        return switch (id) {
            case Integer number -> number;
            case Long number -> number;
            case BigInteger number -> number;
            case String text when !text.isBlank() && text.length() <= LONGEST_ID -> text.strip();
            case null, default ->
                throw new InvalidPayloadException(name + " must be a whole number or a string of up to " + LONGEST_ID);
        };
    }

    static String sourceLanguage(Payload payload) {
        return language(payload, "source_language", ENGLISH);
    }

    static String targetLanguage(Payload payload) {
        return language(payload, "target_language", CHINESE);
    }

    private static String language(Payload payload, String name, String absent) {
        String language = payload.text(name, absent);
        if (!LANGUAGE.matcher(language).matches()) {
            throw new InvalidPayloadException(name + " must be a language code such as zh-CN");
        }
        return language;
    }

    /** 0 to 23. */
    static int hour(Payload payload) {
        long hour = payload.integer("hour_utc", 0);
        if (hour < 0 || hour > LAST_HOUR) {
            throw new InvalidPayloadException("hour_utc must be 0 to " + LAST_HOUR);
        }
        return (int) hour;
    }

    /** {@code key_date}, else the day whose hour {@code hour_utc} was the last to come: today, or yesterday when it is still to come. */
    static LocalDate keyDate(Payload payload, Instant now) {
        if (!payload.has("key_date")) {
            var utc = now.atOffset(ZoneOffset.UTC);
            return utc.getHour() >= hour(payload)
                    ? utc.toLocalDate()
                    : utc.toLocalDate().minusDays(1);
        }
        try {
            return LocalDate.parse(payload.text("key_date", ""));
        } catch (DateTimeParseException e) {
            throw new InvalidPayloadException("key_date must be a date such as 2026-02-27");
        }
    }
}
