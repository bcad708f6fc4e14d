package io.taskhub.realtime.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JoinTest {
    private static final int EVENTS = 4;
    private static final int PAGE = 2;

    /** A store that commits, a feed that follows it and may skip an event, and history calls answered in between. */
    private static final class World {
        private final Join<Integer> join;
        private final Interleavings choices;
        private final boolean feedMaySkip;
        private final List<Integer> given = new ArrayList<>();
        private int committed;
        private int fed;
        private int skipped;
        private int readAfter = -1;
        private int readSees = -1;

        World(Join<Integer> join, Interleavings choices, boolean feedMaySkip) {
            this.join = join;
            this.choices = choices;
            this.feedMaySkip = feedMaySkip;
        }

        List<Integer> play() {
            while (committed < EVENTS || fed < EVENTS) {
                act();
            }
            if (skipped > 0) {
                join.recheck();
            }
            while (readAfter >= 0 || join.startsReading()) {
                readAfter = readAfter < 0 ? join.last() : readAfter;
                answer();
            }
            return given;
        }

        private void act() {
            List<Runnable> possible = new ArrayList<>();
            if (committed < EVENTS) {
                possible.add(() -> committed++);
            }
            if (fed < committed) {
                possible.add(() -> given.addAll(join.live(++fed)));
                if (feedMaySkip && skipped == 0) {
                    possible.add(() -> {
                        fed++;
                        skipped++;
                    });
                }
            }
            if (readAfter < 0 && join.startsReading()) {
                readAfter = join.last();
            }
            if (readAfter >= 0 && readSees < 0) {
                possible.add(() -> readSees = committed);
            }
            if (readSees >= 0) {
                possible.add(this::answer);
            }
            possible.get(choices.choose(possible.size())).run();
        }

        private void answer() {
            int sees = readSees < 0 ? committed : readSees;
            List<Integer> page = IntStream.rangeClosed(readAfter + 1, Math.min(sees, readAfter + PAGE))
                    .boxed()
                    .toList();
            boolean more = readAfter + PAGE < sees;
            readAfter = -1;
            readSees = -1;
            given.addAll(join.page(page, more));
        }
    }

    private static List<Integer> all(int after) {
        return IntStream.rangeClosed(after + 1, EVENTS).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void at_every_interleaving_each_event_after_the_start_is_given_once_and_in_order(int start) {
        int runs = Interleavings.of(choices -> {
            World world = new World(Join.after(start, n -> n), choices, false);
            assertThat(world.play()).isEqualTo(all(start));
        });
        assertThat(runs).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void an_event_that_the_feed_skipped_is_read_from_history_at_every_interleaving(int start) {
        Interleavings.of(choices -> {
            World world = new World(Join.after(start, n -> n), choices, true);
            assertThat(world.play()).isEqualTo(all(start));
        });
    }

    @Test
    void a_live_join_begins_with_what_comes_first_and_misses_nothing_from_there_on() {
        Interleavings.of(choices -> {
            List<Integer> given = new World(Join.live(n -> n), choices, true).play();
            int first = given.isEmpty() ? EVENTS : given.getFirst() - 1;
            assertThat(given).isEqualTo(all(first));
            assertThat(first).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void what_comes_twice_is_given_once() {
        Join<Integer> join = Join.live(n -> n);
        assertThat(join.live(5)).containsExactly(5);
        assertThat(join.live(5)).isEmpty();
        assertThat(join.live(4)).isEmpty();
        assertThat(join.live(6)).containsExactly(6);
        assertThat(join.startsReading()).isFalse();
    }

    @Test
    void more_live_events_than_can_wait_are_read_from_history_again() {
        int events = 3 * Join.MAX_AHEAD;
        Join<Integer> join = Join.after(0, n -> n);
        assertThat(join.startsReading()).isTrue();
        IntStream.rangeClosed(1, events).forEach(n -> assertThat(join.live(n)).isEmpty());
        List<Integer> given = new ArrayList<>(join.page(List.of(1, 2), false));
        while (join.startsReading()) {
            int from = join.last() + 1;
            given.addAll(join.page(
                    IntStream.rangeClosed(from, Math.min(events, from + 99))
                            .boxed()
                            .toList(),
                    from + 99 < events));
        }
        assertThat(given).isEqualTo(IntStream.rangeClosed(1, events).boxed().toList());
    }

    @Test
    void what_the_store_lacks_for_good_does_not_stop_the_stream() {
        Join<Integer> join = Join.live(n -> n);
        join.live(1);
        assertThat(join.live(4)).isEmpty();
        assertThat(join.startsReading()).isTrue();
        assertThat(join.live(5)).isEmpty();
        assertThat(join.page(List.of(), false)).containsExactly(4, 5);
        assertThat(join.isSettled()).isTrue();
    }

    @Test
    void a_read_that_failed_is_asked_for_again() {
        Join<Integer> join = Join.after(0, n -> n);
        assertThat(join.startsReading()).isTrue();
        assertThat(join.startsReading()).isFalse();
        join.readFailed();
        assertThat(join.startsReading()).isTrue();
        assertThat(join.page(List.of(1), false)).containsExactly(1);
        assertThat(join.isSettled()).isTrue();
    }
}
