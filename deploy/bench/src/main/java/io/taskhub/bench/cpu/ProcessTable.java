package io.taskhub.bench.cpu;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Every process of the machine at one moment. */
final class ProcessTable {
    private final Map<Long, ProcStat> byPid;
    private final Map<Long, List<ProcStat>> byParent;

    ProcessTable(Collection<ProcStat> processes) {
        byPid = processes.stream().collect(toMap(ProcStat::pid, Function.identity()));
        byParent = processes.stream().collect(groupingBy(ProcStat::parent));
    }

    static ProcessTable read(Path proc) {
        List<ProcStat> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                String line;
                try {
                    line = Files.readString(entry.resolve("stat"));
                } catch (IOException e) {
                    continue; // It ended between the listing and the reading; its parent has its time now.
                }
                found.add(ProcStat.parse(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + proc, e);
        }
        return new ProcessTable(found);
    }

    boolean has(long pid) {
        return byPid.containsKey(pid);
    }

    /**
     * Ticks of a process, its ended children and its living descendants; a descendant named in {@code apart} is left out with
     * all below it. 0 when there is no such process.
     */
    long ticksOfTree(long root, Set<Long> apart) {
        ProcStat top = byPid.get(root);
        if (top == null) {
            return 0;
        }
        long ticks = 0;
        Deque<ProcStat> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            ProcStat process = open.pop();
            ticks += process.ticks();
            for (ProcStat child : byParent.getOrDefault(process.pid(), List.of())) {
                if (!apart.contains(child.pid()) && child.pid() != process.pid()) {
                    open.push(child);
                }
            }
        }
        return ticks;
    }
}
