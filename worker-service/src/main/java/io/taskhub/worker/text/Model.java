package io.taskhub.worker.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The language model, if one is configured. So many calls at once as the operator allows, first come, first served; each takes at most
 * 60 s, and an interrupt ends it.
 */
@Singleton
public final class Model {
    /** Tasks of a type that may wait for it in this process; more are left to others. */
    static final int WAITING = 64;

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final @Nullable ChatModel chat;
    private final @Nullable ModelTransport transport;
    private final Semaphore places;

    @Inject
    public Model(ModelConfig config) {
        this(config, MOST, PAUSE);
    }

    Model(ModelConfig config, Duration most, Duration pause) {
        if (config.concurrency() < 1) {
            throw new IllegalArgumentException("taskhub.llm.concurrency must be at least 1");
        }
        this.places = new Semaphore(config.concurrency(), true);
        Optional<String> name = config.model().filter(model -> !model.isBlank());
        Optional<URI> url = config.baseUrl().filter(base -> !base.toString().isBlank());
        if (name.isEmpty() || url.isEmpty()) {
            this.transport = null;
            this.chat = null;
            return;
        }
        this.transport = new ModelTransport(most, pause);
        this.chat = OpenAiChatModel.builder()
                .baseUrl(url.get().toString())
                .apiKey(config.apiKey().filter(key -> !key.isBlank()).orElse(null))
                .modelName(name.get())
                .maxRetries(0)
                .httpClientBuilder(transport.builder())
                .build();
    }

    public boolean isConfigured() {
        return chat != null;
    }

    /**
     * What the model says to {@code text}, never blank.
     *
     * @param instructions what it is to do; {@code text} is what it is to do that to
     * @throws IOException when there is no model, or it cannot be reached, refuses, or has not said all it had to say
     */
    public String ask(String instructions, String text) throws IOException, InterruptedException {
        ChatModel model = chat;
        if (model == null) {
            throw new IOException("no model is configured");
        }
        places.acquire();
        try {
            return answer(model.chat(SystemMessage.from(instructions), UserMessage.from(text)));
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw reason(e);
        } finally {
            places.release();
        }
    }

    /** The client wraps what its transport threw, or complains of an answer that is none. */
    private static IOException reason(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io && !(io instanceof JsonProcessingException)) {
                return io;
            }
        }
        return new IOException("the model's answer cannot be read", thrown);
    }

    private static String answer(ChatResponse response) throws IOException {
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new IOException("the model answered nothing");
        }
        if (response.finishReason() == FinishReason.LENGTH) {
            throw new IOException("the model's answer was cut");
        }
        return text;
    }

    @PreDestroy
    void close() {
        if (transport != null) {
            transport.close();
        }
    }
}
