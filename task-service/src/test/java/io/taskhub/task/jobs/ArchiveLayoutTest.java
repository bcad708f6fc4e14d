package io.taskhub.task.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchiveLayoutTest {
    private final ArchiveLayout layout = new ArchiveLayout("README.md");

    @Test
    void files_stand_where_the_job_put_them() {
        List<String> paths = List.of("Event/DE/Track/a.md", "Event/assets/a/1.png");
        assertThat(layout.place("job-1", paths)).isEqualTo(paths);
        assertThat(layout.place("job-2", List.of("Event/DE/Track/b.md"))).containsExactly("Event/DE/Track/b.md");
    }

    @Test
    void a_job_whose_image_meets_another_ones_moves_as_a_whole() {
        layout.place("job-1", List.of("Event/DE/One/a.md", "Event/assets/a/1.png"));
        assertThat(layout.place("job-2", List.of("Event/DE/Two/a.md", "Event/assets/a/1.png")))
                .containsExactly("job-2/Event/DE/Two/a.md", "job-2/Event/assets/a/1.png");
    }

    @ParameterizedTest
    @CsvSource({
        "Event/a.md,event/A.MD",
        "Event/caf\u00e9.md,Event/cafe\u0301.md",
        "Event/a,Event/a/b.md",
        "Event/a/b.md,Event/a",
        "x,README.md",
        "x,readme.md/y"
    })
    void names_that_some_disk_takes_for_one_meet(String first, String second) {
        layout.place("job-1", List.of(first));
        assertThat(layout.place("job-2", List.of(second)))
                .singleElement()
                .asString()
                .startsWith("job-2/");
    }

    @Test
    void even_a_folder_named_like_the_job_is_not_met() {
        layout.place("job-1", List.of("a.md", "job-2/a.md"));
        assertThat(layout.place("job-2", List.of("a.md"))).containsExactly("job-2-2/a.md");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../etc/passwd | _/_/etc/passwd",
                "/etc/passwd | etc/passwd",
                "a//b | a/b",
                "a/./b | a/_/b",
                "..\\..\\x | x",
                "C:/x | C/x",
                "a/CON/b.md | a/_CON/b.md"
            })
    void no_path_leaves_the_archive(String path, String placed) {
        assertThat(layout.place("job-1", List.of(path))).containsExactly(placed);
    }

    @Test
    void two_files_of_a_job_never_get_one_place() {
        assertThat(layout.place("job-1", List.of("a?.png", "a.png", "a*.png")))
                .doesNotHaveDuplicates()
                .hasSize(3);
    }
}
