package io.taskhub.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UpstreamPoolTest {
    private final Upstream a = new Upstream(URI.create("http://a:1"));
    private final Upstream b = new Upstream(URI.create("http://b:1"));
    private final UpstreamPool pool = new UpstreamPool(List.of(a, b));

    @Test
    void equals_take_turns() {
        assertThat(pool.pick(Set.of())).isNotSameAs(pool.pick(Set.of()));
    }

    @Test
    void the_least_busy_one_is_next() {
        a.begin();
        assertThat(pool.pick(Set.of())).isSameAs(b);
        b.begin();
        b.begin();
        assertThat(pool.pick(Set.of())).isSameAs(a);
    }

    @Test
    void one_that_is_down_is_left_out_unless_all_are() {
        a.down(true);
        b.begin();
        assertThat(pool.pick(Set.of())).isSameAs(b);
        b.down(true);
        assertThat(pool.pick(Set.of())).isSameAs(a);
    }

    @Test
    void nobody_is_tried_twice_for_one_request() {
        Set<Upstream> tried = new HashSet<>(List.of(a));
        assertThat(pool.pick(tried)).isSameAs(b);
        tried.add(b);
        assertThat(pool.pick(tried)).isNull();
        assertThat(new UpstreamPool(List.of()).pick(Set.of())).isNull();
    }
}
