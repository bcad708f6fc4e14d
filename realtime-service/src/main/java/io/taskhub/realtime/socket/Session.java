package io.taskhub.realtime.socket;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkus.websockets.next.WebSocketConnection;
import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.feed.Published;
import io.taskhub.realtime.outbox.Outbox;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One socket from its upgrade to its end. Commands run in the order they came: while a token is checked, later messages wait. One event
 * loop only.
 */
final class Session implements Reader, Lane.Ticking {
    private static final Logger LOG = Logger.getLogger(Session.class);
    private static final int MAX_SUBSCRIPTIONS = 1_000;
    private static final int MAX_BACKLOG = 31;
    private static final int MAX_QUIET_TICKS = 4;

    private final WebSocketConnection connection;
    private final Lane lane;
    private final Sources sources;
    private final Gatekeeper gatekeeper;
    private final Sessions sessions;
    private final ObjectMapper json;
    private final Outbox<String> outbox;
    private final CommandLimit limit = new CommandLimit();
    private final Ledger ledger = new Ledger();
    private final Map<Command.Target, List<Subscription>> subscriptions = new HashMap<>();
    private final Queue<String> backlog = new ArrayDeque<>();
    private Stage stage = Stage.WAITING;
    private boolean checking;
    private boolean greeted;
    private @Nullable String token;
    private Instant until = Instant.MIN;
    private Gatekeeper.@Nullable Place place;
    private long timer = -1;
    private @Nullable Published<?> pushed;
    private long writtenAtTick;
    private int quietTicks;

    private enum Stage {
        /** For the first message. */
        WAITING,
        AUTHENTICATED,
        CLOSED
    }

    Session(
            WebSocketConnection connection,
            Lane lane,
            Sources sources,
            Gatekeeper gatekeeper,
            Sessions sessions,
            ObjectMapper json) {
        this.connection = connection;
        this.lane = lane;
        this.sources = sources;
        this.gatekeeper = gatekeeper;
        this.sessions = sessions;
        this.json = json;
        // later: what is written as one message goes out must not overtake what is just being written
        this.outbox = new Outbox<>(new SocketSink(connection, () -> lane.run(this::drained)));
    }

    /**
     * @param admitted what the upgrade request proved, if anything
     * @param waiting the place that it took otherwise
     */
    void start(@Nullable Instant admitted, Gatekeeper.@Nullable Place waiting, Duration patience) {
        lane.visit(this);
        place = waiting;
        if (admitted == null) {
            timer = lane.after(patience.toMillis(), () -> close(CloseCode.UNAUTHORIZED));
        } else {
            admit(admitted);
        }
    }

    /** A frame or a message that is not taken, a connection that broke, or a mistake of ours. */
    void broken(Throwable failure) {
        switch (failure) {
            // the connection is gone; who sent the frame was told by SocketChannel
            case CorruptedWebSocketFrameException _, HttpClosedException _, IOException _ -> ended();
            // too many fragments
            case IllegalStateException _ -> close(CloseCode.TOO_BIG);
            default -> {
                LOG.errorf(failure, "a socket is closed");
                close(CloseCode.BROKEN);
            }
        }
    }

    void received(String text) {
        if (stage == Stage.CLOSED) {
            return;
        }
        if (checking) {
            if (backlog.size() < MAX_BACKLOG) {
                backlog.add(text);
            } else {
                close(CloseCode.TOO_MANY_COMMANDS);
            }
            return;
        }
        Message message = Message.parse(json, text);
        String given = message.token();
        if (given != null && !given.equals(token) && !gatekeeper.isOpen()) {
            checking = true;
            gatekeeper.judge(given, verdict -> lane.run(() -> judged(verdict, given, message)));
        } else if (stage == Stage.AUTHENTICATED) {
            run(message);
        } else {
            close(CloseCode.UNAUTHORIZED);
        }
    }

    private void judged(Gatekeeper.Verdict verdict, String given, Message message) {
        if (stage == Stage.CLOSED) {
            return;
        }
        checking = false;
        switch (verdict) {
            case Gatekeeper.Verdict.Refused(CloseCode why) -> close(why);
            case Gatekeeper.Verdict.Admitted(Instant end) -> {
                token = given;
                admit(end);
                run(message);
                String next;
                while (!checking && stage == Stage.AUTHENTICATED && (next = backlog.poll()) != null) {
                    received(next);
                }
            }
        }
    }

    /** Lets it in, or lets it stay longer. */
    private void admit(Instant end) {
        if (stage == Stage.WAITING) {
            stage = Stage.AUTHENTICATED;
            freePlace();
            sessions.entered(lane, this);
        }
        if (end.isAfter(until)) {
            until = end;
            lane.cancelTimer(timer);
            timer = end.equals(Instant.MAX) ? -1 : lane.after(left(end), () -> close(CloseCode.EXPIRED));
        }
    }

    private static long left(Instant end) {
        return Duration.between(Clock.systemUTC().instant(), end).toMillis();
    }

    private void freePlace() {
        if (place != null) {
            place.free();
            place = null;
        }
    }

    private void run(Message message) {
        if (message.command() instanceof Command.Authenticate && !greeted) {
            greeted = true;
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
            case Command.Authenticate _ -> send(sources.wording().reply("authed"));
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
                                new NodeSubscription(command, lane, sources, this, now));
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
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public <T> void push(Published<T> item, String spelling, BiFunction<T, String, List<String>> writer) {
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
    void broadcast(String message) {
        if (stage == Stage.AUTHENTICATED) {
            boolean touched = outbox.isUnflushed();
            outbox.offerBroadcast(message);
            flushSoon(touched);
        }
    }

    private void send(String message) {
        if (stage != Stage.AUTHENTICATED) {
            return;
        }
        boolean touched = outbox.isUnflushed();
        if (outbox.offer(message)) {
            flushSoon(touched);
        } else {
            sessions.dropped();
            close(CloseCode.TOO_SLOW);
        }
    }

    /** Once per pass: the lane counts the connections that it touched. */
    private void flushSoon(boolean touched) {
        if (!touched && outbox.isUnflushed()) {
            lane.flushSoon(outbox);
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

    /** Ends a socket whose reader is gone. */
    @Override
    public void tick() {
        boolean stuck = !outbox.isIdle() && outbox.written() == writtenAtTick;
        quietTicks = stuck ? quietTicks + 1 : 0;
        writtenAtTick = outbox.written();
        if (quietTicks >= MAX_QUIET_TICKS) {
            sessions.dropped();
            close(CloseCode.TOO_SLOW);
        }
    }

    private void close(CloseCode why) {
        if (stage != Stage.CLOSED) {
            ended();
            if (connection.isOpen()) {
                connection.close(why.reason()).subscribe().with(v -> {}, LOG::debug);
            }
        }
    }

    /** The connection is closed, or as good as. */
    void ended() {
        Stage last = stage;
        if (last == Stage.CLOSED) {
            return;
        }
        stage = Stage.CLOSED;
        lane.cancelTimer(timer);
        lane.leave(this);
        backlog.clear();
        freePlace();
        if (last == Stage.AUTHENTICATED) {
            sessions.left(lane, this);
        }
        List.copyOf(subscriptions.keySet()).forEach(this::unsubscribe);
    }
}
