package io.taskhub.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeySealTest {
    private static final byte[] KEY = {1, 2, 3, 4};
    private final KeySeal seal = new KeySeal("a secret of some length");

    @Test
    void what_was_sealed_opens_again_and_never_looks_the_same() {
        byte[] sealed = seal.seal("kid", KEY);
        assertThat(seal.open("kid", sealed)).isEqualTo(KEY);
        assertThat(seal.seal("kid", KEY)).isNotEqualTo(sealed);
    }

    @Test
    void another_secret_another_id_or_an_altered_row_does_not_open() {
        byte[] sealed = seal.seal("kid", KEY);
        assertThatThrownBy(() -> new KeySeal("another secret of length").open("kid", sealed))
                .hasMessageContaining("key-encryption-secret");
        assertThatThrownBy(() -> seal.open("other", sealed)).isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> seal.open("kid", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> new KeySeal("short")).isInstanceOf(IllegalArgumentException.class);
    }
}
