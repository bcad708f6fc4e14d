package io.taskhub.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Executor;
import io.taskhub.worker.executor.Executors;
import io.taskhub.worker.executor.NoopExecutor;
import io.taskhub.worker.executor.Payload;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnPlacesTest {
    private final Executors executors = new Executors(List.of(new NoopExecutor(), new Scarce()), new NoopExecutor());
    private final OwnPlaces places = new OwnPlaces(executors);
    private final RunnableTypes types = new RunnableTypes(executors.types(), () -> Set.of("brought"), places::isFull);

    /** Two at a time, whatever the worker's concurrency. */
    private static final class Scarce implements Executor {
        @Override
        public Set<String> types() {
            return Set.of("scarce");
        }

        @Override
        public int ownPlaces() {
            return 2;
        }

        @Override
        public Ended execute(Execution run, Payload payload) {
            return Ended.success();
        }
    }

    @Test
    void only_executors_that_say_so_have_places_of_their_own() {
        assertThat(places.has("scarce")).isTrue();
        assertThat(places.has("noop")).isFalse();
        assertThat(places.has("brought")).isFalse();
    }

    @Test
    void a_type_whose_places_are_full_is_not_asked_for_until_one_is_free() {
        places.took("scarce");
        assertThat(types.current()).containsExactly("brought", "noop", "scarce");
        places.took("scarce");
        places.took("scarce");
        assertThat(types.current()).containsExactly("brought", "noop");
        places.gave("scarce");
        assertThat(types.current()).containsExactly("brought", "noop");
        places.gave("scarce");
        assertThat(types.current()).containsExactly("brought", "noop", "scarce");
    }
}
