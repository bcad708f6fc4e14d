package io.taskhub.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessTableTest {
    private final ProcessTable table = new ProcessTable(List.of(
            new ProcStat(1, 0, 1000, 1000),
            new ProcStat(10, 1, 5, 2), // launcher
            new ProcStat(20, 10, 40, 0), // a service below it
            new ProcStat(21, 20, 3, 1), // a shell of that service
            new ProcStat(30, 10, 6, 9), // postmaster
            new ProcStat(31, 30, 20, 0),
            new ProcStat(32, 30, 30, 0)));

    @Test
    void a_tree_is_a_process_its_living_descendants_and_the_children_it_buried() {
        assertThat(table.ticksOfTree(30, Set.of())).isEqualTo(6 + 9 + 20 + 30);
        assertThat(table.ticksOfTree(20, Set.of())).isEqualTo(40 + 3 + 1);
    }

    @Test
    void descendants_that_are_listed_on_their_own_are_counted_once() {
        assertThat(table.ticksOfTree(10, Set.of(10L, 20L, 30L))).isEqualTo(5 + 2);
    }

    @Test
    void a_process_that_is_not_there_used_nothing() {
        assertThat(table.ticksOfTree(99, Set.of())).isZero();
    }
}
