package io.taskhub.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.taskhub.contracts.Origin;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.realtime.FreePort;
import io.taskhub.realtime.SocketClient;
import io.taskhub.realtime.Story;
import io.taskhub.realtime.World;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code TASKHUB_AUTH=open} (decisions §2). */
@QuarkusTest
@TestProfile(OpenSocketTest.Open.class)
@WithTestResource(value = TestInfrastructure.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FreePort.class, scope = TestResourceScope.GLOBAL)
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSocketTest {
    @Inject
    World world;

    /** The setting. */
    public static final class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("taskhub.auth", "open");
        }
    }

    @Test
    void no_token_is_needed_and_none_is_looked_at() {
        world.awaitFeed();
        Story task = world.task(Origin.TASKHUB).created();
        try (SocketClient client = SocketClient.open(world.base())) {
            client.send("{\"op\":\"subscribe\",\"topic\":\"task_logs\",\"task_id\":\"" + task.number() + "\"}")
                    .settled();
            task.line(1, "hello");
            assertThat(client.typed("log", 1)).hasSize(1);
            client.send("{\"token\":\"rubbish\"}").send("{\"token\":\"rubbish\",\"op\":\"ping\"}");
            assertThat(client.typed("authed", 1)).hasSize(1);
            assertThat(client.typed("pong", 2)).hasSize(2);
        }
    }
}
