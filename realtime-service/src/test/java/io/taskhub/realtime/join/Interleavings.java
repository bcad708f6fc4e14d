package io.taskhub.realtime.join;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a scenario once for every way its choices can fall. */
final class Interleavings {
    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> offered = new ArrayList<>();
    private int step;

    private Interleavings() {}

    /** Returns how many there were. */
    static int of(Consumer<Interleavings> scenario) {
        Interleavings choices = new Interleavings();
        int runs = 0;
        do {
            choices.step = 0;
            scenario.accept(choices);
            runs++;
        } while (choices.next());
        return runs;
    }

    /** One of {@code options} ways, 0-based. */
    int choose(int options) {
        if (step == taken.size()) {
            taken.add(0);
            offered.add(options);
        }
        return taken.get(step++);
    }

    private boolean next() {
        while (taken.size() > step) {
            taken.removeLast();
            offered.removeLast();
        }
        while (!taken.isEmpty() && taken.getLast() + 1 == offered.getLast()) {
            taken.removeLast();
            offered.removeLast();
        }
        if (taken.isEmpty()) {
            return false;
        }
        taken.set(taken.size() - 1, taken.getLast() + 1);
        return true;
    }
}
