package io.taskhub.realtime.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxTest {
    private final Pipe pipe = new Pipe();
    private final Outbox<String> outbox = new Outbox<>(pipe);

    /** Takes as many messages as it has room for. */
    private static final class Pipe implements Sink<String> {
        final List<String> written = new ArrayList<>();
        int room = Integer.MAX_VALUE;
        int flushes;

        @Override
        public boolean isWritable() {
            return written.size() < room;
        }

        @Override
        public void write(String message) {
            written.add(message);
        }

        @Override
        public void flush() {
            flushes++;
        }
    }

    @Test
    void what_a_quick_reader_gets_is_written_at_once_and_flushed_once() {
        outbox.offer("a");
        outbox.offer("b");
        outbox.flush();
        outbox.flush();
        assertThat(pipe.written).containsExactly("a", "b");
        assertThat(pipe.flushes).isEqualTo(1);
    }

    @Test
    void the_513th_waiting_message_is_refused() {
        pipe.room = 0;
        for (int i = 0; i < 512; i++) {
            assertThat(outbox.offer("m" + i)).isTrue();
        }
        assertThat(outbox.offer("one too many")).isFalse();
        pipe.room = Integer.MAX_VALUE;
        outbox.drain();
        assertThat(pipe.written).hasSize(512).startsWith("m0").endsWith("m511");
        assertThat(outbox.offer("again")).isTrue();
    }

    @Test
    void the_oldest_broadcasts_fall_out_and_do_not_count_to_the_512() {
        pipe.room = 0;
        for (int i = 0; i < 300; i++) {
            outbox.offerBroadcast("b" + i);
        }
        for (int i = 0; i < 512; i++) {
            assertThat(outbox.offer("m" + i)).isTrue();
        }
        pipe.room = Integer.MAX_VALUE;
        outbox.drain();
        assertThat(pipe.written)
                .hasSize(512 + 256)
                .startsWith("m0")
                .endsWith("b299")
                .doesNotContain("b43");
    }

    @Test
    void messages_keep_their_order_when_the_reader_pauses() {
        pipe.room = 1;
        outbox.offer("1");
        outbox.offer("2");
        pipe.room = Integer.MAX_VALUE;
        outbox.offer("3");
        outbox.drain();
        assertThat(pipe.written).containsExactly("1", "2", "3");
        assertThat(outbox.isIdle()).isTrue();
    }
}
