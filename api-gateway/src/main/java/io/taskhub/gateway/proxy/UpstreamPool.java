package io.taskhub.gateway.proxy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The replicas of one service: the next request goes to the least busy one that answers, in turn where they are equal. */
final class UpstreamPool {
    private final List<Upstream> replicas;
    private final AtomicInteger turn = new AtomicInteger();

    UpstreamPool(List<Upstream> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    List<Upstream> replicas() {
        return replicas;
    }

    /**
     * Where to send a request. When all are marked down the least busy of them is tried all the same: the mark is a guess.
     *
     * @param tried replicas that refused this request already
     * @return null when all were tried
     */
    @Nullable
    Upstream pick(Set<Upstream> tried) {
        int size = replicas.size();
        if (size == 1) {
            Upstream only = replicas.getFirst();
            return tried.contains(only) ? null : only;
        }
        int first = size == 0 ? 0 : Math.floorMod(turn.getAndIncrement(), size);
        Upstream best = null;
        for (int i = 0; i < size; i++) {
            Upstream candidate = replicas.get((first + i) % size);
            if (!tried.contains(candidate) && (best == null || isBetter(candidate, best))) {
                best = candidate;
            }
        }
        return best;
    }

    private static boolean isBetter(Upstream candidate, Upstream best) {
        return candidate.isDown() == best.isDown() ? candidate.outstanding() < best.outstanding() : best.isDown();
    }
}
