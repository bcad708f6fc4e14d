package io.taskhub.realtime.socket;

import io.taskhub.contracts.TaskId;
import java.util.LinkedHashSet;
import java.util.Set;

/** One thing that a session watches. One event loop only. */
interface Subscription {

    /** Takes effect at once; whatever is to be replayed follows. */
    void begin();

    /** Reads history on, if there is a reason and room. */
    void pump();

    void end();

    /** The keys of what a client wrote: the text itself (a logical id or a number) and the task it spells, if it is an id. */
    static Set<String> keys(String task) {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(task);
        TaskId.parse(task).ifPresent(id -> keys.add(id.toString()));
        return keys;
    }
}
