package io.taskhub.realtime.socket;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.outbox.Outbox;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One socket from its upgrade to its end. Commands run in the order they came: while a token is checked, later messages wait. One event
 * loop only.
 */
final class Session implements Reader, Lane.Ticking {
    private static final int MAX_SUBSCRIPTIONS = 1_000;
    private static final int MAX_QUIET_TICKS = 4;

    private final ServerWebSocket socket;
    private final Lane lane;
    private final Sources sources;
    private final Gatekeeper gatekeeper;
    private final Sessions sessions;
    private final ObjectMapper json;
    private final Outbox outbox;
    private final CommandLimit limit = new CommandLimit();
    private final Map<Command.Target, List<Subscription>> subscriptions = new HashMap<>();
    private final Queue<String> backlog = new ArrayDeque<>();
    private Stage stage = Stage.WAITING;
    private long timer = -1;
    private @Nullable Published<?> pushed;
    private long writtenAtTick;
    private int quietTicks;

    private enum Stage {
        /** For the first message. */
        WAITING,
        /** The first message's token is being checked. */
        CHECKING,
        AUTHENTICATED,
        CLOSED
    }

    Session(
            ServerWebSocket socket,
            ChannelHandlerContext connection,
            Lane lane,
            Sources sources,
            Gatekeeper gatekeeper,
            Sessions sessions,
            ObjectMapper json) {
        this.socket = socket;
        this.lane = lane;
        this.sources = sources;
        this.gatekeeper = gatekeeper;
        this.sessions = sessions;
        this.json = json;
        this.outbox = new Outbox(new SocketSink(connection));
    }

    /** @param admitted what the upgrade request proved, if anything */
    void start(@Nullable Instant admitted, Duration patience) {
        lane.visit(this);
        socket.closeHandler(v -> ended());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(v -> drained());
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(bytes -> received(bytes.toString()));
        if (admitted == null) {
            timer = lane.after(patience.toMillis(), () -> close(CloseCode.UNAUTHORIZED));
        } else {
            admit(admitted);
        }
    }

    /** A frame or a message that Vert.x does not take, or a connection that broke. */
    private void broken(Throwable failure) {
        switch (failure) {
            case CorruptedWebSocketFrameException frame -> {
                ended();
                socket.close(
                        (short) frame.closeStatus().code(), frame.closeStatus().reasonText());
            }
            case IllegalStateException _ -> close(CloseCode.TOO_BIG);
            default -> socket.close();
        }
    }

    private void received(String text) {
        switch (stage) {
            case WAITING -> authenticate(text);
            case CHECKING -> backlog.add(text);
            case AUTHENTICATED -> run(Message.parse(json, text));
            case CLOSED -> {}
        }
    }

    private void authenticate(String text) {
        Message message = Message.parse(json, text);
        String token = message.token();
        if (token == null) {
            close(CloseCode.UNAUTHORIZED);
            return;
        }
        stage = Stage.CHECKING;
        gatekeeper.judge(token, verdict -> lane.run(() -> judged(verdict, message)));
    }

    private void judged(Gatekeeper.Verdict verdict, Message first) {
        if (stage != Stage.CHECKING) {
            return;
        }
        switch (verdict) {
            case Gatekeeper.Verdict.Refused(CloseCode why) -> close(why);
            case Gatekeeper.Verdict.Admitted(Instant until) -> {
                gatekeeper.freePlace();
                admit(until);
                run(first);
                String next;
                while (stage == Stage.AUTHENTICATED && (next = backlog.poll()) != null) {
                    received(next);
                }
            }
        }
    }

    private void admit(Instant until) {
        lane.cancelTimer(timer);
        stage = Stage.AUTHENTICATED;
        timer = -1;
        if (!until.equals(Instant.MAX)) {
            long left = Duration.between(Clock.systemUTC().instant(), until).toMillis();
            timer = lane.after(left, () -> close(CloseCode.EXPIRED));
        }
        sessions.entered(lane, this);
    }

    private void run(Message message) {
        if (message.command() instanceof Command.Authenticate) {
            send(sources.wording().reply("authed"));
            return;
        }
        if (!limit.allows(System.nanoTime())) {
            close(CloseCode.TOO_MANY_COMMANDS);
            return;
        }
        switch (message.command()) {
            case Command.Subscribe subscribe -> subscribe(subscribe);
            case Command.Unsubscribe(Command.Target target) -> unsubscribe(target);
            case Command.Ping _ -> send(sources.wording().reply("pong"));
            case Command.Invalid(String why) -> send(sources.wording().problem(why));
            case Command.Authenticate _ -> {}
        }
    }

    /** The same again begins anew when it asks for a replay, and changes nothing otherwise. */
    private void subscribe(Command.Subscribe command) {
        if (subscriptions.containsKey(command.target())) {
            if (command.from() == null) {
                return;
            }
            unsubscribe(command.target());
        }
        if (subscriptions.size() >= MAX_SUBSCRIPTIONS) {
            send(sources.wording().problem("too many subscriptions"));
            return;
        }
        long now = Clock.systemUTC().millis();
        List<Subscription> parts =
                switch (command.target().topic()) {
                    case TASK_LOGS -> List.of(new LogSubscription(command, lane, sources, this, now));
                    case TASK_EVENTS ->
                        List.of(
                                new EventSubscription(command, lane, sources, this, now),
                                new NodeSubscription(command, lane, sources, this));
                };
        subscriptions.put(command.target(), parts);
        parts.forEach(Subscription::begin);
    }

    private void unsubscribe(Command.Target target) {
        List<Subscription> parts = subscriptions.remove(target);
        if (parts != null) {
            parts.forEach(Subscription::end);
        }
    }

    @Override
    public <T> void push(Published<T> item, String spelling, BiFunction<T, String, List<byte[]>> writer) {
        if (item != pushed) {
            pushed = item;
            item.texts(spelling, writer).forEach(this::send);
        }
    }

    @Override
    public boolean hasRoom() {
        return outbox.isIdle();
    }

    /** A message that nobody subscribed to. */
    void broadcast(byte[] message) {
        if (stage == Stage.AUTHENTICATED) {
            outbox.offerBroadcast(message);
            lane.flushSoon(outbox);
        }
    }

    private void send(byte[] message) {
        if (stage != Stage.AUTHENTICATED) {
            return;
        }
        if (outbox.offer(message)) {
            lane.flushSoon(outbox);
        } else {
            sessions.dropped();
            close(CloseCode.TOO_SLOW);
        }
    }

    private void drained() {
        outbox.drain();
        if (outbox.isIdle()) {
            // a copy: a history answer that is already there may end a subscription
            List<List<Subscription>> all = new ArrayList<>(subscriptions.values());
            all.forEach(parts -> parts.forEach(Subscription::pump));
        }
    }

    /** Keeps proxies awake, and ends a socket whose reader is gone. */
    @Override
    public void tick() {
        boolean stuck = !outbox.isIdle() && outbox.written() == writtenAtTick;
        quietTicks = stuck ? quietTicks + 1 : 0;
        writtenAtTick = outbox.written();
        if (quietTicks >= MAX_QUIET_TICKS) {
            sessions.dropped();
            close(CloseCode.TOO_SLOW);
        } else if (stage == Stage.AUTHENTICATED && outbox.isIdle()) {
            socket.writePing(Buffer.buffer());
        }
    }

    private void close(CloseCode why) {
        if (stage != Stage.CLOSED) {
            ended();
            socket.close(why.code(), why.reason());
        }
    }

    private void ended() {
        Stage last = stage;
        if (last == Stage.CLOSED) {
            return;
        }
        stage = Stage.CLOSED;
        lane.cancelTimer(timer);
        lane.leave(this);
        backlog.clear();
        if (last == Stage.AUTHENTICATED) {
            sessions.left(lane, this);
        } else {
            gatekeeper.freePlace();
        }
        List.copyOf(subscriptions.keySet()).forEach(this::unsubscribe);
    }
}
