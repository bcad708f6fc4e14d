package io.taskhub.worker.executor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of some work: the handle to stop it, and what it has written so far. */
public final class Execution {

    /** Why a run is stopped. The first reason stays. */
    public enum Stop {
        CANCELLED,
        TIMED_OUT,
        /** The worker leaves; somebody else runs it again. */
        HANDED_BACK,
        /** The claim is another worker's by now: nothing is reported. */
        LOST
    }

    private final Work work;
    private final Voice voice;
    private final Captured stdout;
    private final Captured stderr;
    private final Object guard = new Object();
    private @Nullable Thread thread;
    private volatile @Nullable Stop stop;
    private volatile int percent;
    private volatile long startedNanos;
    private volatile long durationMs;

    public Execution(Work work, Voice voice) {
        this.work = work;
        this.voice = voice;
        this.stdout = new Captured(line -> voice.line(Voice.INFO, Voice.STDOUT, line, null), OutputBudget.OF_HEAP);
        this.stderr = new Captured(line -> voice.line(Voice.WARN, Voice.STDERR, line, null), OutputBudget.OF_HEAP);
    }

    public Work work() {
        return work;
    }

    /** What the run wrote; each line also goes to the log, at level info. */
    public Captured stdout() {
        return stdout;
    }

    /** What the run complained; each line also goes to the log, at level warn. */
    public Captured stderr() {
        return stderr;
    }

    public boolean cut() {
        return stdout.cut() || stderr.cut();
    }

    public void progress(int percentage, String stage, String message) {
        percent = percentage;
        voice.progress(percentage, stage, message, null);
    }

    /** As {@link #progress(int, String, String)}, with a JSON object as text for dialects that have more to say, at most 32 KiB. */
    public void progress(int percentage, String stage, String message, String data) {
        percent = percentage;
        voice.progress(percentage, stage, message, data);
    }

    /** A line of the run's own log, which clients read at {@code level} (info or warn). */
    public void log(int level, String line) {
        voice.line(level, 0, line, null);
    }

    /**
     * Something that happened to the run: a record of stream 3 in its log, and a step of its progress at the percentage where it
     * stands, with {@code fields} as data, so that it comes in its place among the task's events.
     */
    public void event(String name, String message, Map<String, String> fields) {
        voice.line(Voice.INFO, Voice.EVENT, name, fields);
        voice.progress(percent, name, message, Payload.json(fields));
    }

    /** How long it ran, in milliseconds; 0 before the end. */
    public long durationMs() {
        return durationMs;
    }

    /** Why it is being stopped, or null. */
    public @Nullable Stop stopped() {
        return stop;
    }

    /**
     * Asks the run to end soon. It may be called before the start (the run then ends at once) and after the end (nothing
     * happens).
     */
    public void stop(Stop reason) {
        synchronized (guard) {
            if (stop == null) {
                stop = reason;
            }
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** The output has gone where it was wanted: it no longer counts against what this process may keep. */
    public void release() {
        stdout.release();
        stderr.release();
    }

    void begin() throws InterruptedException {
        startedNanos = System.nanoTime();
        synchronized (guard) {
            if (stop != null) {
                throw new InterruptedException();
            }
            thread = Thread.currentThread();
        }
    }

    /** Afterwards a late {@link #stop} no longer interrupts the thread, which goes on to report. */
    void end() {
        synchronized (guard) {
            thread = null;
            Thread.interrupted();
        }
        durationMs = (System.nanoTime() - startedNanos) / 1_000_000;
        stdout.finish();
        stderr.finish();
    }
}
