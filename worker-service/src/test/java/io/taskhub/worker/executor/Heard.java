package io.taskhub.worker.executor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what a run says. */
final class Heard implements Voice {
    record Line(int level, int stream, String message) {}

    record Step(int percentage, String stage, String message) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<Step> steps = new CopyOnWriteArrayList<>();

    @Override
    public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {
        lines.add(new Line(level, stream, message));
    }

    @Override
    public void progress(int percentage, String stage, String message, @Nullable String data) {
        steps.add(new Step(percentage, stage, message));
    }

    List<Line> lines() {
        return lines;
    }

    List<String> messages() {
        return lines.stream().map(Line::message).toList();
    }

    List<Step> steps() {
        return steps;
    }
}
