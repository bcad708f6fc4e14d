package io.taskhub.worker.document;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeapShareTest {
    private final HeapShare share = new HeapShare(100 << 10);

    private Thread taking(long bytes) {
        return Thread.startVirtualThread(() -> {
            try (HeapShare.Taken taken = share.take(bytes)) {
                taken.shrink(0);
            } catch (InterruptedException | UnusablePageException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void one_document_gets_all_there_is_and_the_next_one_waits_until_it_needs_less() throws Exception {
        try (HeapShare.Taken all = share.take(100 << 10)) {
            Thread next = taking(50 << 10);
            await().until(() -> next.getState() == Thread.State.WAITING);
            all.shrink(10 << 10);
            next.join();
        }
        taking(100 << 10).join();
    }

    @Test
    void whoever_wants_more_than_there_is_gets_none() {
        assertThatThrownBy(() -> share.take((100 << 10) + 1)).isInstanceOf(UnusablePageException.class);
    }

    @Test
    void shrinking_never_takes() throws Exception {
        try (HeapShare.Taken some = share.take(10 << 10)) {
            some.shrink(90 << 10);
            taking(80 << 10).join();
        }
    }
}
