package io.taskhub.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.parser.CronParser;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of a spec's five fields. cron-utils parses it, alone between four stars, so that whatever is wrong is known to be wrong here;
 * the reasons are our own, because the library's name neither field nor value. Names become numbers before: the library reads
 * {@code sun-tue} as 7-2 and refuses it.
 */
enum CronField {
    MINUTE(CronFieldName.MINUTE, "minute", 0, 59, ""),
    HOUR(CronFieldName.HOUR, "hour", 0, 23, ""),
    DAY_OF_MONTH(CronFieldName.DAY_OF_MONTH, "day-of-month", 1, 31, ""),
    MONTH(CronFieldName.MONTH, "month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    DAY_OF_WEEK(CronFieldName.DAY_OF_WEEK, "day-of-week", 0, 7, "sun mon tue wed thu fri sat");

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final Pattern ITEM = Pattern.compile("(?:\\*|([0-9]+)(?:-([0-9]+))?)(?:/([0-9]+))?");
    private static final Pattern NAME = Pattern.compile("[a-z]+");
    private static final int SUNDAY = 7;

    private final CronFieldName libraryName;
    private final String label;
    private final int low;
    private final int high;
    private final String names;

    CronField(CronFieldName libraryName, String label, int low, int high, String names) {
        this.libraryName = libraryName;
        this.label = label;
        this.low = low;
        this.high = high;
        this.names = names;
    }

    /**
     * The values that the text stands for, bit n for value n; Sunday is bit 0 only.
     *
     * @throws InvalidSpecException naming the field and saying what is wrong with it
     */
    long values(String text) {
        String numbers = numbers(text);
        for (String item : numbers.split(",", -1)) {
            check(text, item);
        }
        long values = bits(parsed(text, numbers), 1);
        return this == DAY_OF_WEEK && (values & (1L << SUNDAY)) != 0 ? (values | 1) & ~(1L << SUNDAY) : values;
    }

    /** For messages that concern the field as a whole. */
    InvalidSpecException refused(String why) {
        return new InvalidSpecException(label + ": " + why);
    }

    private String numbers(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher name = NAME.matcher(lower);
        return name.replaceAll(found -> {
            int index = List.of(names.split(" ")).indexOf(found.group());
            if (index < 0) {
                throw refused("'" + found.group() + "' is not "
                        + (names.isEmpty() ? "a number" : "one of " + names.replace(" ", ", ")));
            }
            boolean endsRange = found.start() > 0 && lower.charAt(found.start() - 1) == '-';
            return String.valueOf(this == DAY_OF_WEEK && index == 0 && endsRange ? SUNDAY : index + low);
        });
    }

    private void check(String text, String item) {
        Matcher form = ITEM.matcher(item);
        if (!form.matches()) {
            throw refused("'" + text + "' is not a list of values, ranges, stars and steps");
        }
        String first = form.group(1);
        String last = form.group(2);
        if (first != null) {
            int from = inRange("", first, low);
            if (last != null && inRange("", last, low) < from) {
                throw refused("the range " + first + "-" + last + " runs backwards");
            }
        }
        if (form.group(3) != null) {
            inRange("step ", form.group(3), 1);
        }
    }

    private int inRange(String what, String digits, int lowest) {
        if (digits.length() > 4 || Integer.parseInt(digits) < lowest || Integer.parseInt(digits) > high) {
            throw refused(what + digits + " is not in " + lowest + "-" + high);
        }
        return Integer.parseInt(digits);
    }

    @SuppressWarnings("EnumOrdinal") // the fields are declared in the order in which a spec has them
    private FieldExpression parsed(String text, String numbers) {
        String[] spec = {"*", "*", "*", "*", "*"};
        spec[ordinal()] = numbers;
        try {
            Cron cron = PARSER.parse(String.join(" ", spec));
            return Objects.requireNonNull(cron.retrieveFieldsAsMap().get(libraryName))
                    .getExpression();
        } catch (IllegalArgumentException e) {
            throw refused("'" + text + "' cannot be read: " + e.getMessage());
        }
    }

    private long bits(FieldExpression expression, int step) {
        return switch (expression) {
            case Always all -> range(low, high, step);
            case On one -> {
                int value = one.getTime().getValue();
                yield step == 1 ? range(value, value, 1) : range(value, high, step);
            }
            case Between between ->
                range(
                        number(between.getFrom().getValue()),
                        number(between.getTo().getValue()),
                        step);
            case Every every -> bits(every.getExpression(), every.getPeriod().getValue());
            case And list ->
                list.getExpressions().stream().mapToLong(part -> bits(part, 1)).reduce(0, (a, b) -> a | b);
            default -> throw refused("'" + expression.asString() + "' is not supported");
        };
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }

    private static long range(int from, int to, int step) {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }
}
