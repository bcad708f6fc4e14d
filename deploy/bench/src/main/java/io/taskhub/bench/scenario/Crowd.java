package io.taskhub.bench.scenario;

import io.taskhub.bench.load.Latencies;
import io.taskhub.bench.load.Tally;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many WebSocket sessions that read one task's log. All of it runs on the one event loop. */
final class Crowd {
    /** Sessions that connect or wait for their subscription at the same time; the suite allows 200 that have not shown a token. */
    private static final int AT_ONCE = 50;

    private static final long PATIENCE_MS = 20_000;

    private final Vertx vertx;
    private final WebSocketClient client;
    private final WebSocketConnectOptions address;
    private final String subscribe;
    private final String ping;
    private final int wanted;
    private final List<WebSocket> members = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private final Tally wrong = new Tally();
    private final Promise<Void> gathered = Promise.promise();
    private int asked;
    private int answered;
    private long delivered;
    private long repeated;
    private long firstNanos;
    private long lastNanos;
    private boolean leaving;

    Crowd(Vertx vertx, URI origin, String token, String task, int wanted) {
        this.vertx = vertx;
        this.wanted = wanted;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(wanted));
        this.address = new WebSocketConnectOptions()
                .setHost(origin.getHost())
                .setPort(origin.getPort())
                .setURI("/ws");
        this.subscribe = new JsonObject()
                .put("token", token)
                .put("op", "subscribe")
                .put("topic", "task_logs")
                .put("task_id", task)
                .encode();
        this.ping = new JsonObject().put("token", token).put("op", "ping").encode();
    }

    /**
     * What the crowd has seen so far.
     *
     * @param members sessions whose subscription is proved
     * @param nanos from the first record's arrival to the last one's
     * @param quietNanos since the last arrival
     */
    record Seen(
            int members,
            long delivered,
            long repeated,
            long nanos,
            long quietNanos,
            Latencies latencies,
            Map<String, Long> wrong) {}

    /** Completes when every session is subscribed or has failed to be. */
    Future<Void> gather() {
        vertx.getOrCreateContext().runOnContext(_ -> {
            for (int i = 0; i < Math.min(AT_ONCE, wanted); i++) {
                admitNext();
            }
        });
        return gathered.future();
    }

    Future<Seen> seen() {
        Promise<Seen> answer = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(_ -> answer.complete(new Seen(
                        members.size(),
                        delivered,
                        repeated,
                        lastNanos - firstNanos,
                        System.nanoTime() - lastNanos,
                        latencies,
                        wrong.counts())));
        return answer.future();
    }

    Future<Void> leave() {
        Promise<Void> left = Promise.promise();
        vertx.getOrCreateContext().runOnContext(_ -> {
            leaving = true;
            Future.join(members.stream().map(WebSocket::close).toList())
                    .onComplete(_ -> client.close().onComplete(_ -> left.complete()));
        });
        return left.future();
    }

    private void admitNext() {
        if (asked == wanted) {
            return;
        }
        asked++;
        Promise<Void> subscribed = Promise.promise();
        long timer = vertx.setTimer(PATIENCE_MS, _ -> subscribed.tryFail("not subscribed in time"));
        client.connect(address).onComplete(socket -> {
            if (socket.succeeded()) {
                welcome(socket.result(), subscribed);
            } else {
                subscribed.tryFail("not connected: " + socket.cause().getClass().getSimpleName());
            }
        });
        subscribed.future().onComplete(outcome -> {
            vertx.cancelTimer(timer);
            if (outcome.failed()) {
                wrong.add("session " + outcome.cause().getMessage());
            }
            answered++;
            if (answered == wanted) {
                gathered.complete();
            } else {
                admitNext();
            }
        });
    }

    /** A pong to the ping that follows the subscription proves it: commands of a session run in order. */
    private void welcome(WebSocket socket, Promise<Void> subscribed) {
        Reader reader = new Reader();
        socket.textMessageHandler(text -> {
            if (LogFrame.isLog(text)) {
                reader.take(text);
            } else if (text.contains("\"pong\"") && subscribed.tryComplete()) {
                members.add(socket);
            }
        });
        socket.closeHandler(_ -> {
            if (!leaving) {
                wrong.add("session closed with " + socket.closeStatusCode());
                subscribed.tryFail("closed before it was subscribed");
            }
        });
        socket.writeTextMessage(subscribe);
        socket.writeTextMessage(ping);
    }

    /** One session's eye: sequence numbers must rise. */
    private final class Reader {
        private long lastSeq;

        void take(String text) {
            long nowNanos = System.nanoTime();
            long seq = LogFrame.seq(text).orElse(0);
            if (seq <= lastSeq) {
                repeated++;
                return;
            }
            lastSeq = seq;
            firstNanos = delivered == 0 ? nowNanos : firstNanos;
            lastNanos = nowNanos;
            delivered++;
            long now = System.currentTimeMillis();
            LogFrame.epochMillis(text).ifPresent(written -> latencies.add((now - written) * 1000));
        }
    }
}
