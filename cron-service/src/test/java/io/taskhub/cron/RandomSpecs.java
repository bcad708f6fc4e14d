package io.taskhub.cron;

import java.util.Random;

/** Specs of every shape, often enough with days and hours that a change of the clocks touches. */
final class RandomSpecs {
    private static final int[][] RANGES = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}};
    private static final int[] STARS = {2, 3, 6, 7, 6};

    private RandomSpecs() {}

    static String next(Random random) {
        return spec(random, true);
    }

    /** cron-utils lets a stepped star restrict the day, Unix cron does not. */
    static String withoutDaySteps(Random random) {
        return spec(random, false);
    }

    private static String spec(Random random, boolean daySteps) {
        while (true) {
            StringBuilder spec = new StringBuilder();
            for (int field = 0; field < RANGES.length; field++) {
                boolean day = field == 2 || field == 4;
                spec.append(field == 0 ? "" : " ").append(field(random, field, daySteps || !day));
            }
            try {
                return CronSpec.parse(spec.toString()).toString();
            } catch (InvalidSpecException never) {
                // The 30th of February and the like.
            }
        }
    }

    private static String field(Random random, int field, boolean steps) {
        if (random.nextInt(10) < STARS[field]) {
            return steps && random.nextInt(3) == 0 ? "*/" + (1 + random.nextInt(5)) : "*";
        }
        StringBuilder list = new StringBuilder(item(random, RANGES[field], field == 1));
        for (int more = random.nextInt(3); more > 0; more--) {
            list.append(',').append(item(random, RANGES[field], false));
        }
        return list.toString();
    }

    private static String item(Random random, int[] range, boolean night) {
        int from = night ? random.nextInt(4) : range[0] + random.nextInt(range[1] - range[0] + 1);
        int to = from + random.nextInt(range[1] - from + 1);
        return switch (random.nextInt(4)) {
            case 0 -> from + "-" + to;
            case 1 -> from + "-" + to + "/" + (1 + random.nextInt(4));
            default -> String.valueOf(from);
        };
    }
}
