package io.taskhub.realtime.socket;

import io.taskhub.realtime.feed.Channels;
import io.taskhub.realtime.feed.Positions;
import io.taskhub.realtime.history.History;
import io.taskhub.realtime.history.RunHistory;
import jakarta.inject.Singleton;

/** Where subscriptions get what they push. */
@Singleton
record Sources(Channels channels, Positions positions, History history, RunHistory runs, Wording wording) {}
