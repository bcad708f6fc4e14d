package io.taskhub.cron.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** Orders cut into requests that a peer takes, and a refused request cut until the culprit stands alone. */
final class Batches {
    /** Of a request that may have 8 MiB: quoting may double what is quoted in a JSON text. */
    private static final int LARGEST = 3 << 20;

    private Batches() {}

    /** One request. */
    @FunctionalInterface
    interface Sending<O, R> {
        List<R> send(List<O> orders) throws PeerException;
    }

    /** By number and by size. */
    static <O> List<List<O>> cut(List<O> orders, int most, ToIntFunction<O> size) {
        List<List<O>> batches = new ArrayList<>();
        List<O> batch = new ArrayList<>();
        int bytes = 0;
        for (O order : orders) {
            int next = size.applyAsInt(order);
            if (!batch.isEmpty() && (batch.size() == most || bytes + next > LARGEST)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(order);
            bytes += next;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    /** One result per order; {@code refused} makes that of an order that is at fault itself. */
    static <O, R> List<R> send(List<O> orders, Sending<O, R> sending, BiFunction<O, PeerException, R> refused)
            throws PeerException {
        try {
            return sending.send(orders);
        } catch (PeerException e) {
            if (!e.isPermanent()) {
                throw e;
            }
            if (orders.size() == 1) {
                return List.of(refused.apply(orders.getFirst(), e));
            }
            int half = orders.size() / 2;
            List<R> results = new ArrayList<>(send(orders.subList(0, half), sending, refused));
            results.addAll(send(orders.subList(half, orders.size()), sending, refused));
            return results;
        }
    }
}
