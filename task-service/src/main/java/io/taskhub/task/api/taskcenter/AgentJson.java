package io.taskhub.task.api.taskcenter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.AgentUpdate;
import io.taskhub.task.Task;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What agents' tasks hold and say as JSON; what cannot be read is left out of the picture, never an error of the reader. */
final class AgentJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectReader TASK = MAPPER.readerFor(AgentTask.class);
    private static final ObjectReader UPDATE = MAPPER.readerFor(AgentUpdate.class);

    private AgentJson() {}

    /** Empty when it is no task of an agent's. */
    static Optional<AgentTask> task(Task task) {
        if (!task.type().equals(AgentTask.TYPE)) {
            return Optional.empty();
        }
        Optional<AgentTask> agent = read(TASK, task.description().payload());
        return agent.filter(whole -> whole.plan() != null && whole.prompt() != null);
    }

    static Optional<AgentUpdate> update(@Nullable String data) {
        return data == null ? Optional.empty() : read(UPDATE, data);
    }

    private static <T> Optional<T> read(ObjectReader reader, String json) {
        try {
            return Optional.ofNullable(reader.<T>readValue(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
