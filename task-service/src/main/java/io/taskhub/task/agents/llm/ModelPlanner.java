package io.taskhub.task.agents.llm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.agents.PlanModel;
import io.taskhub.task.agents.Planned;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Asks the configured model for a plan, and once more with what was wrong with its answer. So many at once as the operator allows; who
 * comes beyond is not kept waiting. Without a model there is no client.
 */
@Singleton
public final class ModelPlanner implements PlanModel {
    private static final int MOST_RETRIES = 1;
    private static final int SHOWN_OF_ERROR = 300;

    private final @Nullable ModelChannel channel;
    private final @Nullable ChatModel chat;
    private final String name;
    private final Semaphore places;
    private final Duration most;

    @Inject
    public ModelPlanner(ModelConfig config) {
        Optional<String> model = config.model().filter(text -> !text.isBlank());
        Optional<URI> url = config.baseUrl().filter(base -> !base.toString().isBlank());
        this.name = model.orElse("");
        this.places = new Semaphore(Math.max(1, config.concurrency()));
        this.most = config.planTimeout();
        this.channel = model.isPresent() && url.isPresent() ? new ModelChannel() : null;
        this.chat = channel == null
                ? null
                : OpenAiChatModel.builder()
                        .baseUrl(url.orElseThrow().toString())
                        .apiKey(config.apiKey().filter(key -> !key.isBlank()).orElse(null))
                        .modelName(name)
                        .maxRetries(0)
                        .httpClientBuilder(channel.builder())
                        .build();
    }

    @Override
    public boolean isConfigured() {
        return chat != null;
    }

    @Override
    public Planned plan(String prompt, TaskId id, @Nullable String model) throws NoPlanException {
        ChatModel asked = chat;
        if (asked == null) {
            throw new NoPlanException("no model is configured", 0);
        }
        if (!places.tryAcquire()) {
            throw new NoPlanException("it is busy", 0);
        }
        try {
            long deadline = System.nanoTime() + most.toNanos();
            return ScopedValue.where(ModelChannel.DEADLINE, deadline)
                    .call(() -> converse(asked, prompt, id, model == null ? name : model));
        } finally {
            places.release();
        }
    }

    private static Planned converse(ChatModel chat, String prompt, TaskId id, String model) throws NoPlanException {
        String createdAt = Planned.time(id);
        List<ChatMessage> messages = new ArrayList<>(
                List.of(SystemMessage.from(PlanPrompt.INSTRUCTIONS), UserMessage.from(PlanPrompt.task(prompt))));
        for (int retries = 0; ; retries++) {
            String answer = ask(chat, messages, model, retries);
            try {
                Plan plan = PlanReader.read(answer, id, createdAt);
                return new Planned(plan, new AgentTask.Planner(Planned.MODEL, model, retries));
            } catch (IllegalArgumentException e) {
                String wrong = shortened(String.valueOf(e.getMessage()));
                if (retries == MOST_RETRIES) {
                    throw new NoPlanException("its answer is no plan: " + wrong, retries);
                }
                messages.add(AiMessage.from(answer.isBlank() ? "{}" : answer));
                messages.add(UserMessage.from(PlanPrompt.again(wrong)));
            }
        }
    }

    private static String ask(ChatModel chat, List<ChatMessage> messages, String model, int retries)
            throws NoPlanException {
        try {
            String text = chat.chat(ChatRequest.builder()
                            .messages(messages)
                            .parameters(ChatRequestParameters.builder()
                                    .modelName(model)
                                    .build())
                            .build())
                    .aiMessage()
                    .text();
            return text == null ? "" : text;
        } catch (RuntimeException e) {
            throw new NoPlanException(reason(e), retries);
        }
    }

    /** The client wraps what the channel threw, or complains of an answer that is none. */
    private static String reason(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ModelChannel.NoAnswerException none) {
                return String.valueOf(none.getMessage());
            }
        }
        return "its answer cannot be read";
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_OF_ERROR ? text : text.substring(0, SHOWN_OF_ERROR) + "…";
    }

    @PreDestroy
    void close() {
        if (channel != null) {
            channel.close();
        }
    }
}
