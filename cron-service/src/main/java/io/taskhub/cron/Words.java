package io.taskhub.cron;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words of a fixed set, read in any case. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> E of(Class<E> type, String field, String text) {
        try {
            return Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String allowed = Arrays.stream(type.getEnumConstants())
                    .map(word -> word.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            throw new InvalidSpecException(field + ": '" + text + "' is not one of " + allowed);
        }
    }
}
