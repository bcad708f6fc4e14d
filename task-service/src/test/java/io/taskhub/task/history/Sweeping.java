package io.taskhub.task.history;

import jakarta.enterprise.context.ApplicationScoped;

/** Cranks the sweeper by hand. */
@ApplicationScoped
public class Sweeping {
    private final RetentionSweeper sweeper;

    Sweeping(RetentionSweeper sweeper) {
        this.sweeper = sweeper;
    }

    public void runOnce() {
        sweeper.runOnce();
        sweeper.addUpCounts();
    }
}
