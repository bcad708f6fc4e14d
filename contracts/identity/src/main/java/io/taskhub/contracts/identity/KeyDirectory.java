package io.taskhub.contracts.identity;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The public keys that tokens may be signed with. A bean of this type replaces the configured one ({@link ConfiguredKeys}). */
public interface KeyDirectory {

    /** The key with this id, or null. May block for the time of one fetch (2 s at most) when the id is not known yet. */
    @Nullable
    PublicKey find(String kid);
}
