package io.taskhub.worker.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The operating system's resolver, on threads of its own: a look-up is a native call that cannot be interrupted, and on a virtual
 * thread it would hold one of the few carriers for as long as a slow name server likes.
 */
final class SystemResolver implements AddressRules.Resolver {
    /** Many: a look-up that nobody answers keeps its thread for longer than anybody waits for it. */
    private static final int THREADS = 64;

    private static final int MOST_WAITING = 1_000;
    private static final long IDLE_SECONDS = 30;
    private static final long PATIENCE_SECONDS = 10;

    private final ExecutorService threads;

    SystemResolver() {
        this(pool());
    }

    SystemResolver(ExecutorService threads) {
        this.threads = threads;
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("dns-", 0).factory(),
                new ThreadPoolExecutor.AbortPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Future<InetAddress[]> answer = submit(host);
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw unknown(host, e);
        } finally {
            answer.cancel(false);
        }
    }

    private Future<InetAddress[]> submit(String host) throws UnknownHostException {
        try {
            return threads.submit(() -> InetAddress.getAllByName(host));
        } catch (RejectedExecutionException e) {
            throw unknown(host, e);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
