package io.taskhub.worker.executor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** {@code kill(2)}: Java can signal a process but not a process group. */
final class Signals {
    private static final MethodHandle KILL = kill();

    private Signals() {}

    /** Signals every process of the group; an empty group is not an error. */
    static void sendToGroup(long group, int signal) {
        if (group <= 1) {
            throw new IllegalArgumentException("not a group of ours: " + group);
        }
        try {
            int ignored = (int) KILL.invokeExact(Math.toIntExact(-group), signal);
        } catch (Throwable e) {
            throw new IllegalStateException("kill", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle kill() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("kill"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
