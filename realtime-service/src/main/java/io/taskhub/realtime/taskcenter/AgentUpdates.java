package io.taskhub.realtime.taskcenter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.taskhub.contracts.AgentUpdate;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads what an agent reports. */
@Singleton
final class AgentUpdates {
    private final ObjectReader reader;

    AgentUpdates(ObjectMapper json) {
        this.reader = json.readerFor(AgentUpdate.class);
    }

    /** Null for progress that is no agent's. */
    @Nullable
    AgentUpdate read(@Nullable String data) {
        if (data == null) {
            return null;
        }
        try {
            AgentUpdate update = reader.readValue(data);
            return update instanceof AgentUpdate.Unknown ? null : update;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
