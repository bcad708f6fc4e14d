package io.taskhub.realtime.join;

import io.taskhub.contracts.DagEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link Join} for the events of a DAG's node. They are numbered per run over all of its nodes, so one node's numbers grow with gaps,
 * and one subscription may see several runs. What the feed brings was stored before it was published: a page holds everything up to
 * some number of its run, and what came live and is above follows it. Not thread-safe.
 */
public final class NodeJoin {
    /** Runs whose position is remembered; the one not heard of for longest is forgotten first. */
    static final int MAX_RUNS = 256;

    /**
     * A page to read.
     *
     * @param run null for the newest one that has the node
     * @param after only events above this number
     */
    public record Read(@Nullable String run, int after) {}

    private final @Nullable String only;
    private final long notBefore;
    private final SequencedMap<String, Integer> given = new LinkedHashMap<>();
    private final Deque<Read> wanted = new ArrayDeque<>();
    private @Nullable Read reading;
    private final List<DagEvent> ahead = new ArrayList<>();
    /** By run, the lowest number of a live event that was let go because too many waited. */
    private final Map<String, Integer> letGo = new HashMap<>();

    private NodeJoin(@Nullable String only, long notBefore) {
        this.only = only;
        this.notBefore = notBefore;
    }

    /** Gives out everything stored above {@code after}, then what comes live: of one run, or of the newest one and all that follow. */
    public static NodeJoin after(@Nullable String run, int after) {
        NodeJoin join = new NodeJoin(run, Long.MIN_VALUE);
        if (run != null) {
            join.given.put(run, after);
        }
        join.wanted.add(new Read(run, after));
        return join;
    }

    /** Live only. When the feed has jumped, what is read again and older than {@code now} (epoch ms) stays out. */
    public static NodeJoin live(@Nullable String run, long now) {
        return new NodeJoin(run, now);
    }

    /** What is to be read now, once; the answer is {@link #page}, {@link #absent} or {@link #readFailed}. */
    public @Nullable Read startsReading() {
        if (reading != null || wanted.isEmpty()) {
            return null;
        }
        Read next = wanted.removeFirst();
        reading = next;
        return next;
    }

    /** The same is to be read again. */
    public void readFailed() {
        if (reading != null) {
            wanted.addFirst(reading);
            reading = null;
        }
    }

    /** The feed may have missed something: all runs that were seen are read again, and the newest one. */
    public void recheck() {
        wanted.clear();
        given.forEach((run, last) -> wanted.add(new Read(run, last)));
        if (only == null || !given.containsKey(only)) {
            wanted.addFirst(new Read(only, 0));
        }
    }

    /** One event of the live feed. Returns what is to be given out now. */
    public List<DagEvent> live(DagEvent event) {
        if (event.seq() <= last(event.run_id())) {
            return List.of();
        }
        if (reading == null && wanted.isEmpty()) {
            moveTo(event.run_id(), event.seq());
            return List.of(event);
        }
        if (ahead.size() >= Join.MAX_AHEAD) {
            ahead.forEach(waiting -> letGo.merge(waiting.run_id(), waiting.seq(), Math::min));
            ahead.clear();
        }
        ahead.add(event);
        return List.of();
    }

    /** There is no such run, or none that has the node, or not any more. Returns what is to be given out now. */
    public List<DagEvent> absent() {
        reading = null;
        return settle(new ArrayList<>());
    }

    /** What dag-service had for {@link #startsReading()}. Returns what is to be given out now. */
    public List<DagEvent> page(DagEvent.Page page) {
        int after = reading == null ? 0 : reading.after();
        reading = null;
        String run = page.run_id();
        moveTo(run, Math.max(after, last(run)));
        List<DagEvent> out = new ArrayList<>();
        page.events().forEach(event -> give(event, out));
        if (page.more() && !page.events().isEmpty()) {
            wanted.addFirst(new Read(run, page.events().getLast().seq()));
            return out;
        }
        return settle(out);
    }

    private List<DagEvent> settle(List<DagEvent> out) {
        if (wanted.isEmpty() && !letGo.isEmpty()) {
            letGo.forEach((run, lowest) -> wanted.add(new Read(run, given.getOrDefault(run, lowest - 1))));
            letGo.clear();
        }
        if (wanted.isEmpty()) {
            ahead.forEach(event -> give(event, out));
            ahead.clear();
        }
        return out;
    }

    private void give(DagEvent event, List<DagEvent> out) {
        if (event.seq() > last(event.run_id())) {
            moveTo(event.run_id(), event.seq());
            if (event.ts_ms() >= notBefore) {
                out.add(event);
            }
        }
    }

    private void moveTo(String run, int seq) {
        given.putLast(run, seq);
        if (given.size() > MAX_RUNS) {
            given.pollFirstEntry();
        }
    }

    private int last(String run) {
        return given.getOrDefault(run, 0);
    }
}
