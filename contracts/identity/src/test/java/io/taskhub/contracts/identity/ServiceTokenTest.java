package io.taskhub.contracts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServiceTokenTest {
    private static final ServiceKey KEY = ServiceKey.generate("worker-service");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private ServiceToken token;
    private TokenVerifier verifier;

    @BeforeEach
    void files_as_the_deployment_writes_them() throws IOException {
        Path pem = directory.resolve("worker-service.pem");
        Path jwks = directory.resolve("services.jwks.json");
        KEY.writePem(pem);
        Files.writeString(jwks, ServiceKey.jwks(List.of(ServiceKey.generate("task-service"), KEY)));
        token = new ServiceToken("worker-service", Optional.of(pem), clock);
        verifier = new TokenVerifier(new RefreshingKeys(() -> Files.readString(jwks), clock), clock);
    }

    @Test
    void a_service_is_known_to_its_peers_by_name_and_role() {
        VerifiedToken caller = verifier.verify(token.current());
        assertThat(caller.name()).isEqualTo("svc-worker-service");
        assertThat(caller.roles()).containsExactly(Roles.SERVICE);
    }

    @Test
    void the_token_is_kept_until_a_minute_before_its_end() {
        String first = token.current();
        clock.advance(Duration.ofSeconds(239));
        assertThat(token.current()).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(token.current()).isNotEqualTo(first);
    }

    @Test
    void tests_can_become_any_user() {
        VerifiedToken user = verifier.verify(token.mint("bob", Set.of(Roles.VIEWER), Duration.ofSeconds(30)));
        assertThat(user.name()).isEqualTo("bob");
        assertThat(user.hasRole(Roles.VIEWER)).isTrue();
    }

    @Test
    void a_missing_key_is_told_when_it_is_needed() {
        ServiceToken none = new ServiceToken("x", Optional.empty(), clock);
        assertThatThrownBy(none::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("service-key-file");
        ServiceToken broken = new ServiceToken("x", Optional.of(directory.resolve("services.jwks.json")), clock);
        assertThatThrownBy(broken::current).isInstanceOf(UncheckedIOException.class);
    }
}
