package io.taskhub.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.BoundingBox;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Voice;
import io.taskhub.worker.executor.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpdatesTest {

    @Test
    void an_element_far_beyond_the_page_has_a_box_at_the_end_of_the_numbers() {
        List<String> said = new ArrayList<>();
        Voice voice = new Voice() {
            @Override
            public void line(int level, int stream, String message, @Nullable Map<String, String> fields) {}

            @Override
            public void progress(int percentage, String stage, String message, @Nullable String data) {
                said.add(String.valueOf(data));
            }
        };
        Work work = new Work(AgentRun.ID, "42", "browser", "browser", "", 0, 1, 1, null);
        BoundingBox box = new BoundingBox();
        box.x = -1e12;
        box.y = Double.NaN;
        box.width = 2e12;
        box.height = 1.6;
        new Updates(new Execution(work, voice), 1).overlay("step-1", "click", "#a", box);
        assertThat(said).singleElement().asString().contains("[-2147483648,0,2147483647,0]");
    }
}
