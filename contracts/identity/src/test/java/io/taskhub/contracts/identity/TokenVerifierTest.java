package io.taskhub.contracts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.Roles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TokenVerifierTest {
    private static final ServiceKey KEY = ServiceKey.generate("task-service");
    private static final ServiceKey STRANGER = ServiceKey.generate("task-service");
    private static final Duration TTL = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock();
    private final List<String> reads = new ArrayList<>();
    private String jwks = ServiceKey.jwks(List.of(KEY));
    private final TokenVerifier verifier = new TokenVerifier(new RefreshingKeys(this::read, clock), clock);

    private String read() throws IOException {
        reads.add(jwks);
        if (jwks.isEmpty()) {
            throw new IOException("down");
        }
        return jwks;
    }

    private String token(ServiceKey key) {
        return key.signer().sign("alice", Set.of(Roles.VIEWER, Roles.OPERATOR), clock.instant(), TTL);
    }

    @Test
    void a_good_token_tells_name_roles_and_end() {
        VerifiedToken alice = verifier.verify(token(KEY));
        assertThat(alice.name()).isEqualTo("alice");
        assertThat(alice.roles()).containsExactlyInAnyOrder(Roles.VIEWER, Roles.OPERATOR);
        assertThat(alice.expiresAt()).isEqualTo(clock.instant().plus(TTL));
        assertThat(alice.token().getGroups()).isEqualTo(alice.roles());
    }

    @Test
    void a_token_is_checked_once_and_remembered_until_it_expires() {
        String token = token(KEY);
        assertThat(verifier.known(token)).isNull();
        assertThat(verifier.verify(token)).isSameAs(verifier.known(token));
        clock.advance(TTL.plusSeconds(4));
        assertThat(verifier.known(token)).as("within the clock skew").isNotNull();
        clock.advance(Duration.ofSeconds(2));
        assertThat(verifier.known(token)).isNull();
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void somebody_elses_signature_under_our_key_id_is_refused() {
        String forged = token(STRANGER);
        assertThatThrownBy(() -> verifier.verify(forged)).isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void nonsense_and_an_altered_token_are_refused() {
        String token = token(KEY);
        for (String bad : List.of("", "x", "a.b.c", token.substring(0, token.length() - 8), "x".repeat(9_000))) {
            assertThatThrownBy(() -> verifier.verify(bad)).isInstanceOf(TokenRefusedException.class);
        }
    }

    @Test
    void other_algorithms_are_refused() throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(TokenVerifier.ISSUER);
        claims.setSubject("mallory");
        claims.setExpirationTimeMinutesInTheFuture(60 * 24 * 365 * 20);
        JsonWebSignature hmac = new JsonWebSignature();
        hmac.setPayload(claims.toJson());
        hmac.setKeyIdHeaderValue(KEY.kid());
        hmac.setAlgorithmHeaderValue("HS256");
        hmac.setKey(new HmacKey(KEY.publicKey().getEncoded()));
        String confused = hmac.getCompactSerialization();
        assertThatThrownBy(() -> verifier.verify(confused)).isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void an_unknown_key_id_reads_the_keys_again_but_at_most_once_a_second() {
        verifier.verify(token(KEY));
        ServiceKey rotated = ServiceKey.generate("cron-service");
        String fresh = token(rotated);
        clock.advance(Duration.ofMillis(500));
        assertThatThrownBy(() -> verifier.verify(fresh)).isInstanceOf(TokenRefusedException.class);
        assertThat(reads).hasSize(1);

        jwks = ServiceKey.jwks(List.of(KEY, rotated));
        clock.advance(Duration.ofMillis(501));
        assertThat(verifier.verify(fresh).name()).isEqualTo("alice");
        assertThat(reads).hasSize(2);
    }

    @Test
    void a_source_that_is_down_leaves_the_keys_that_we_had() {
        verifier.verify(token(KEY));
        jwks = "";
        clock.advance(Duration.ofMinutes(10));
        assertThat(verifier.verify(token(KEY)).name()).isEqualTo("alice");
        assertThat(reads).hasSize(2);
    }

    @Test
    void the_key_ids_prefix_says_whose_key_it_must_be() {
        KeyDirectory gateway = kid -> STRANGER.publicKey();
        KeyDirectory services = new RefreshingKeys(this::read, clock);
        TokenVerifier both = new TokenVerifier(new ConfiguredKeys(gateway, services), clock);
        assertThat(both.verify(token(KEY)).name()).isEqualTo("alice");
        assertThatThrownBy(() -> both.verify(token(STRANGER))).isInstanceOf(TokenRefusedException.class);
        TokenVerifier withoutServices = new TokenVerifier(new ConfiguredKeys(gateway, null), clock);
        assertThatThrownBy(() -> withoutServices.verify(token(KEY))).isInstanceOf(TokenRefusedException.class);
    }
}
