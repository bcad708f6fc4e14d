package io.taskhub.realtime.taskcenter;

import io.taskhub.realtime.sse.StreamId;

/** One frame of a stream; its id is that of the event that it shows. */
record Frame(StreamId id, Shown shown) {}
