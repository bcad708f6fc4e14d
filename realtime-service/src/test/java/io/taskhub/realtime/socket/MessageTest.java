package io.taskhub.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.TaskId;
import io.taskhub.realtime.socket.Command.Authenticate;
import io.taskhub.realtime.socket.Command.Invalid;
import io.taskhub.realtime.socket.Command.Ping;
import io.taskhub.realtime.socket.Command.Subscribe;
import io.taskhub.realtime.socket.Command.Target;
import io.taskhub.realtime.socket.Command.Unsubscribe;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Command command(String text) {
        return Message.parse(JSON, text).command();
    }

    @Test
    void a_token_alone_authenticates() {
        assertThat(Message.parse(JSON, "{\"token\":\"t\"}")).isEqualTo(new Message("t", new Authenticate()));
    }

    @Test
    void a_token_may_come_with_a_command() {
        assertThat(Message.parse(JSON, "{\"token\":\"t\",\"op\":\"ping\"}")).isEqualTo(new Message("t", new Ping()));
    }

    @Test
    void op_and_topic_are_words_or_numbers() {
        Target logs = new Target(Topic.TASK_LOGS, "t1", "r1");
        Target events = new Target(Topic.TASK_EVENTS, "7", null);
        assertThat(command("{\"op\":\"subscribe\",\"topic\":\"task_logs\",\"task_id\":\"t1\",\"run_id\":\"r1\"}"))
                .isEqualTo(new Subscribe(logs, null));
        assertThat(command("{\"op\":0,\"topic\":0,\"task_id\":\"t1\",\"run_id\":\"r1\",\"from\":0}"))
                .isEqualTo(new Subscribe(logs, 0L));
        assertThat(command("{\"op\":\"Unsubscribe\",\"topic\":\"task_events\",\"task_id\":7}"))
                .isEqualTo(new Unsubscribe(events));
        assertThat(command("{\"op\":1,\"topic\":1,\"task_id\":7,\"run_id\":\"\"}"))
                .isEqualTo(new Unsubscribe(events));
        assertThat(command("{\"op\":2}")).isEqualTo(new Ping());
        assertThat(command("{\"op\":\"2\"}")).isEqualTo(new Ping());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{ | invalid json",
                "[] | a message must be a JSON object",
                "7 | a message must be a JSON object",
                "{} | missing op",
                "{\"op\":\"dance\"} | unknown op: dance",
                "{\"op\":9} | unknown op: 9",
                "{\"op\":{}} | missing op",
                "{\"op\":\"subscribe\"} | missing topic",
                "{\"op\":\"subscribe\",\"topic\":\"weather\",\"task_id\":\"1\"} | unknown topic: weather",
                "{\"op\":\"subscribe\",\"topic\":\"task_logs\"} | missing task_id",
                "{\"op\":\"subscribe\",\"topic\":\"task_logs\",\"task_id\":\"\"} | missing task_id",
                "{\"op\":\"unsubscribe\",\"topic\":\"task_logs\"} | missing task_id",
                "{\"op\":0,\"topic\":0,\"task_id\":\"1\",\"from\":-1} | from must be a sequence number",
                "{\"op\":0,\"topic\":0,\"task_id\":\"1\",\"from\":\"x\"} | from must be a sequence number",
            })
    void what_cannot_be_understood_is_answered_with_its_reason(String text, String why) {
        assertThat(command(text)).isEqualTo(new Invalid(why));
    }

    @Test
    void every_spelling_of_an_id_leads_to_the_task() {
        String uuid = "0199c8f0-0000-7000-8000-00000000002a";
        String tsk = TaskId.of(uuid).tsk();
        assertThat(Subscription.keys("42")).containsExactly("42");
        assertThat(Subscription.keys(uuid)).containsExactly(uuid);
        assertThat(Subscription.keys("job-" + uuid)).containsExactly("job-" + uuid, uuid);
        assertThat(Subscription.keys(tsk)).containsExactly(tsk, uuid);
    }
}
