package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomesTest {
    @Inject
    Database database;

    private List<String> planForAThousand() {
        List<TaskId> ids = Stream.generate(TaskId::next).limit(1_000).toList();
        return database.read(connection -> {
            List<String> lines = new ArrayList<>();
            try (Binder explain = Binder.prepare(connection, "EXPLAIN " + Outcomes.READ)) {
                explain.ids(ids, TaskId::uuid).number(1).number(1);
                try (ResultSet rows = explain.statement().executeQuery()) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
            }
            return lines;
        });
    }

    @Test
    void a_thousand_tasks_are_probed_by_index_and_no_table_is_scanned() {
        assertThat(planForAThousand())
                .anyMatch(line -> line.contains("Index Scan using task_pkey"))
                .anyMatch(line -> line.contains("Index Scan using task_result_pkey"))
                .noneMatch(line -> line.contains("Seq Scan"));
    }
}
