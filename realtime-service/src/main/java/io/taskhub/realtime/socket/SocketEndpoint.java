package io.taskhub.realtime.socket;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.taskhub.realtime.feed.Lanes;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/**
 * {@code /ws} (taskhub.md, "WebSocket Protocol"). Everything happens on the connection's event loop, in the order in which it came; a
 * {@link Session} knows what it means.
 */
@WebSocket(path = "/ws")
@Singleton
class SocketEndpoint {
    private static final UserData.TypedKey<Session> SESSION = new UserData.TypedKey<>("session");

    private final Lanes lanes;
    private final Sources sources;
    private final Gatekeeper gatekeeper;
    private final Sessions sessions;
    private final ObjectMapper json;
    private final RealtimeServiceConfig config;

    SocketEndpoint(
            Lanes lanes,
            Sources sources,
            Gatekeeper gatekeeper,
            Sessions sessions,
            ObjectMapper json,
            RealtimeServiceConfig config) {
        this.lanes = lanes;
        this.sources = sources;
        this.gatekeeper = gatekeeper;
        this.sessions = sessions;
        this.json = json;
        this.config = config;
    }

    @OnOpen
    @NonBlocking
    void opened(WebSocketConnection connection) {
        Session session = new Session(connection, lanes.current(), sources, gatekeeper, sessions, json);
        connection.userData().put(SESSION, session);
        session.start(
                connection.userData().get(SocketUpgrade.ADMITTED),
                connection.userData().get(SocketUpgrade.PLACE),
                config.authTimeout());
    }

    @OnTextMessage
    @NonBlocking
    void received(String text, WebSocketConnection connection) {
        tell(connection, session -> session.received(text));
    }

    @OnBinaryMessage
    @NonBlocking
    void received(Buffer bytes, WebSocketConnection connection) {
        tell(connection, session -> session.received(bytes.toString()));
    }

    @OnClose
    @NonBlocking
    void closed(WebSocketConnection connection) {
        tell(connection, Session::ended);
    }

    @OnError
    @NonBlocking
    void failed(Throwable failure, WebSocketConnection connection) {
        tell(connection, session -> session.broken(failure));
    }

    private static void tell(WebSocketConnection connection, Consumer<Session> what) {
        Session session = connection.userData().get(SESSION);
        if (session != null) {
            what.accept(session);
        }
    }
}
