package io.taskhub.task.api.admin.diagnostics;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What labels and messages are written in: Chinese unless the reader likes English better (decisions §7). */
public enum Language {
    CHINESE("zh"),
    ENGLISH("en");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    /** @param header {@code Accept-Language}; absent, unreadable or neither of the two = Chinese */
    public static Language of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return CHINESE;
        }
        try {
            return of(Locale.LanguageRange.parse(header));
        } catch (IllegalArgumentException e) {
            return CHINESE;
        }
    }

    /** The ranges come by weight, and as they were written where it is the same. */
    private static Language of(List<Locale.LanguageRange> ranges) {
        for (Locale.LanguageRange range : ranges) {
            if (range.getWeight() == 0) {
                continue;
            }
            String primary = range.getRange().split("-", 2)[0];
            if (primary.equals("*")) {
                return refuses(ranges, CHINESE) ? ENGLISH : CHINESE;
            }
            for (Language language : values()) {
                if (primary.equals(language.tag)) {
                    return language;
                }
            }
        }
        return CHINESE;
    }

    private static boolean refuses(List<Locale.LanguageRange> ranges, Language language) {
        return ranges.stream()
                .anyMatch(range -> range.getWeight() == 0 && range.getRange().equals(language.tag));
    }
}
