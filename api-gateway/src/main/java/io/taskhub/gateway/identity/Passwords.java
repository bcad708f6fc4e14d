package io.taskhub.gateway.identity;

import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes (bcrypt, cost 10, about 60 ms). Hashing is made to be slow, so only as many run at once as there are
 * processors; whoever waits for his turn longer than two seconds is told to come again.
 */
@ApplicationScoped
public class Passwords {
    /** bcrypt looks at no more bytes than this. */
    static final int MAX_BYTES = 72;

    private static final int COST = 10;
    private static final long PATIENCE_SECONDS = 2;

    /** Hash of a password that nobody has: an unknown user costs as much time as a known one. */
    private static final String NOBODY = BcryptUtil.bcryptHash(Secrets.create(""), COST);

    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

    /** Too many logins at once. HTTP: 503. */
    public static final class BusyException extends RuntimeException {
        BusyException() {
            super("too many logins at once", null, false, false);
        }
    }

    /** Whether this may be a password at all. */
    public static boolean isAcceptable(String password) {
        int length = password.getBytes(StandardCharsets.UTF_8).length;
        return length >= 6 && length <= MAX_BYTES;
    }

    /** @throws BusyException when no turn came in time */
    String hash(String password) {
        return inTurn(() -> BcryptUtil.bcryptHash(password, COST));
    }

    /**
     * Whether the password is the hash's; false in the same time for a null hash.
     *
     * @throws BusyException when no turn came in time
     */
    boolean matches(String password, @Nullable String hash) {
        return inTurn(() -> {
            boolean same = BcryptUtil.matches(password, hash == null ? NOBODY : hash);
            return same && hash != null;
        });
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
