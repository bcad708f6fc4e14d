package io.taskhub.bench.report;

import java.util.Locale;

/** Numbers with as many digits as they deserve. */
final class Numbers {
    private static final double FEW = 100;

    private Numbers() {}

    /** {@code 8,412} or {@code 4.2}; {@code –} for none. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= FEW ? "%,.0f" : "%.1f", value);
    }

    /** {@code 8,101–8,530}. */
    static String range(Spread spread) {
        return of(spread.least()) + "–" + of(spread.greatest());
    }
}
