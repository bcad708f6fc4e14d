package io.taskhub.worker.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.options.BoundingBox;
import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.TaskId;
import io.taskhub.worker.executor.Execution;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** What a run tells its clients: one {@link AgentUpdate} after the other, as the task's progress. Bounded in number and size. */
final class Updates {
    static final String INFO = "info";
    static final String WARN = "warn";
    static final String ERROR = "error";
    static final String DEBUG = "debug";

    private static final int MOST = 500;
    private static final int MOST_CHARACTERS = 4_000;
    private static final int FULL = 100;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Execution run;
    private final int steps;
    private int step;
    private int sent;

    Updates(Execution run, int steps) {
        this.run = run;
        this.steps = steps;
    }

    /** Step {@code index}, from 0, begins. */
    synchronized void status(int index, String title) {
        step = index;
        send("status", title, new AgentUpdate.Status(index, now()));
    }

    synchronized void log(String level, String message) {
        sent++;
        if (sent < MOST) {
            send("log", message, new AgentUpdate.Log(level, cut(message), now()));
        } else if (sent == MOST) {
            String last = "further messages are left out";
            send("log", last, new AgentUpdate.Log(WARN, last, now()));
        }
    }

    /** Where on the page something is done now. */
    synchronized void overlay(String stepId, String action, String selector, BoundingBox box) {
        sent++;
        if (sent < MOST) {
            List<Integer> edges =
                    List.of(rounded(box.x), rounded(box.y), rounded(box.x + box.width), rounded(box.y + box.height));
            Map<String, String> meta = Map.of("action", action, "selector", cut(selector));
            send("overlay", action, new AgentUpdate.Overlay("highlight", edges, "dom", now(), stepId, meta));
        }
    }

    synchronized void artifact(StoredArtifact stored) {
        String task =
                TaskId.parse(run.work().id()).map(TaskId::tsk).orElse(run.work().id());
        String path = "soulbrowser-output/artifacts/" + task + "/" + stored.path();
        send(
                "artifact",
                stored.path(),
                new AgentUpdate.Artifact(stored.label(), path, stored.mime(), stored.size(), now()));
    }

    synchronized void failure(RunFailure failure) {
        String message = cut(failure.reason());
        send("error", message, new AgentUpdate.Failure(failure.code().name(), message, failure.hint()));
    }

    private void send(String stage, String message, AgentUpdate update) {
        try {
            run.progress(step * FULL / Math.max(1, steps), stage, cut(message), JSON.writeValueAsString(update));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is always writable", e);
        }
    }

    /** A page may place its elements anywhere. */
    private static int rounded(double pixels) {
        return Math.clamp(Math.round(pixels), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Of a length that can be stored, and of characters that can: pages may say halves of surrogate pairs and NUL. */
    static String cut(String text) {
        return cut(text, MOST_CHARACTERS);
    }

    static String cut(String text, int most) {
        String kept = text.length() <= most ? text : text.substring(0, most) + " …";
        return new String(kept.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static String now() {
        return TIME.format(Instant.now());
    }
}
