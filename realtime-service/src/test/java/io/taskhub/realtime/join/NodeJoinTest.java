package io.taskhub.realtime.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.DagEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NodeJoinTest {
    private static final int EVENTS = 4;
    private static final int PAGE = 2;
    /** The other numbers are the run's other nodes'. */
    private static final int STEP = 3;

    private static DagEvent event(String run, int seq) {
        return new DagEvent(run, "n", "task_start", 1_000L + seq, seq, Map.of());
    }

    private static List<Integer> seqs(List<DagEvent> events) {
        return events.stream().map(DagEvent::seq).toList();
    }

    /** One node's events of one run, numbered with gaps: stored, then fed (the feed may lose one and jump), pages read in between. */
    private static final class World {
        private final NodeJoin join;
        private final Interleavings choices;
        private final boolean feedMayJump;
        private final List<DagEvent> given = new ArrayList<>();
        private int committed;
        private int fed;
        private int skipped;
        private NodeJoin.@Nullable Read read;
        private int readSees = -1;

        World(NodeJoin join, Interleavings choices, boolean feedMayJump) {
            this.join = join;
            this.choices = choices;
            this.feedMayJump = feedMayJump;
        }

        List<Integer> play() {
            while (committed < EVENTS || fed < EVENTS) {
                act();
            }
            if (skipped > 0) {
                join.recheck();
            }
            while (startsReading()) {
                answer();
            }
            return seqs(given);
        }

        private boolean startsReading() {
            read = read == null ? join.startsReading() : read;
            return read != null;
        }

        private void act() {
            List<Runnable> possible = new ArrayList<>();
            if (committed < EVENTS) {
                possible.add(() -> committed++);
            }
            if (fed < committed) {
                possible.add(() -> given.addAll(join.live(event("r", ++fed * STEP))));
                if (feedMayJump && skipped == 0) {
                    possible.add(() -> {
                        fed++;
                        skipped++;
                        join.recheck();
                    });
                }
            }
            if (startsReading()) {
                possible.add(readSees < 0 ? () -> readSees = committed : this::answer);
            }
            possible.get(choices.choose(possible.size())).run();
        }

        private void answer() {
            int after = Objects.requireNonNull(read).after();
            int sees = readSees < 0 ? committed : readSees;
            List<DagEvent> above = IntStream.rangeClosed(1, sees)
                    .map(n -> n * STEP)
                    .filter(seq -> seq > after)
                    .mapToObj(seq -> event("r", seq))
                    .toList();
            read = null;
            readSees = -1;
            given.addAll(join.page(
                    new DagEvent.Page("r", above.subList(0, Math.min(PAGE, above.size())), above.size() > PAGE)));
        }
    }

    private static List<Integer> all(int after) {
        return IntStream.rangeClosed(1, EVENTS)
                .map(n -> n * STEP)
                .filter(seq -> seq > after)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 7, 12})
    void at_every_interleaving_each_event_after_the_start_is_given_once_and_in_order(int start) {
        int runs = Interleavings.of(choices -> {
            World world = new World(NodeJoin.after("r", start), choices, false);
            assertThat(world.play()).isEqualTo(all(start));
        });
        assertThat(runs).isGreaterThan(100);
        Interleavings.of(choices -> {
            World world = new World(NodeJoin.after(null, start), choices, false);
            assertThat(world.play()).startsWith(all(start).toArray(Integer[]::new));
        });
    }

    @Test
    void what_a_jump_of_the_feed_left_out_is_read_at_every_interleaving() {
        Interleavings.of(choices -> {
            World world = new World(NodeJoin.after("r", 0), choices, true);
            assertThat(world.play()).isEqualTo(all(0));
        });
        Interleavings.of(choices -> {
            World world = new World(NodeJoin.live("r", 0), choices, true);
            assertThat(world.play()).isEqualTo(all(0));
        });
    }

    @Test
    void live_only_what_was_before_stays_out_also_when_it_is_read_after_a_jump() {
        NodeJoin join = NodeJoin.live(null, 1_005);
        assertThat(join.startsReading()).isNull();
        assertThat(seqs(join.live(event("r", 5)))).containsExactly(5);
        assertThat(join.live(event("r", 5))).isEmpty();
        join.recheck();
        assertThat(join.startsReading()).isEqualTo(new NodeJoin.Read(null, 0));
        assertThat(seqs(join.page(new DagEvent.Page("s", List.of(event("s", 2), event("s", 7)), false))))
                .containsExactly(7);
        assertThat(join.startsReading()).isEqualTo(new NodeJoin.Read("r", 5));
        assertThat(join.live(event("r", 9))).isEmpty();
        assertThat(seqs(join.page(new DagEvent.Page("r", List.of(event("r", 8)), false))))
                .containsExactly(8, 9);
    }

    @Test
    void without_a_run_the_newest_is_replayed_page_by_page_and_others_follow_live() {
        NodeJoin join = NodeJoin.after(null, 0);
        assertThat(join.startsReading()).isEqualTo(new NodeJoin.Read(null, 0));
        assertThat(join.live(event("older", 40))).isEmpty();
        assertThat(seqs(join.page(new DagEvent.Page("newest", List.of(event("newest", 1)), true))))
                .containsExactly(1);
        assertThat(join.startsReading()).isEqualTo(new NodeJoin.Read("newest", 1));
        assertThat(join.page(new DagEvent.Page("newest", List.of(event("newest", 6)), false)))
                .containsExactly(event("newest", 6), event("older", 40));
        assertThat(join.live(event("newest", 6))).isEmpty();
        assertThat(seqs(join.live(event("yet newer", 1)))).containsExactly(1);
    }

    @Test
    void more_live_events_than_can_wait_are_read_again() {
        int events = 3 * Join.MAX_AHEAD;
        NodeJoin join = NodeJoin.after("r", 0);
        assertThat(join.startsReading()).isNotNull();
        IntStream.rangeClosed(1, events)
                .forEach(n -> assertThat(join.live(event("r", n))).isEmpty());
        List<DagEvent> given = new ArrayList<>(join.page(new DagEvent.Page("r", List.of(event("r", 1)), false)));
        for (NodeJoin.Read read = join.startsReading(); read != null; read = join.startsReading()) {
            int last = Math.min(events, read.after() + 99);
            List<DagEvent> page = IntStream.rangeClosed(read.after() + 1, last)
                    .mapToObj(n -> event("r", n))
                    .toList();
            given.addAll(join.page(new DagEvent.Page("r", page, last < events)));
        }
        assertThat(seqs(given))
                .isEqualTo(IntStream.rangeClosed(1, events).boxed().toList());
    }

    @Test
    void a_read_that_failed_is_asked_for_again_and_an_absent_run_leaves_the_live_feed() {
        NodeJoin join = NodeJoin.after("r", 3);
        assertThat(join.startsReading()).isEqualTo(new NodeJoin.Read("r", 3));
        assertThat(join.startsReading()).isNull();
        join.readFailed();
        assertThat(join.startsReading()).isEqualTo(new NodeJoin.Read("r", 3));
        assertThat(join.live(event("r", 4))).isEmpty();
        assertThat(seqs(join.absent())).containsExactly(4);
        assertThat(seqs(join.live(event("r", 5)))).containsExactly(5);
    }
}
