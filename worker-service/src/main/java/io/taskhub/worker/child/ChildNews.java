package io.taskhub.worker.child;

import org.jspecify.annotations.Nullable;

/** What has become of a child. {@link Ended} and {@link Failed} are the last of it. */
public sealed interface ChildNews {
    Child child();

    /** A worker has it. */
    record Started(Child child) implements ChildNews {}

    /** @param data what the child's executor gave as result */
    record Ended(Child child, @Nullable String data) implements ChildNews {}

    /** It failed, was cancelled, could not be ordered, or is gone. */
    record Failed(Child child, String message) implements ChildNews {}
}
