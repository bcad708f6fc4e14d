package io.taskhub.task.jobs;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the files of several jobs stand in one archive. A job's files keep their places to each other, because its document links to
 * its images: when one of them would meet another job's, all of them move below a folder named after the job. Names that differ by
 * case only are the same here, as they are on many disks.
 */
public final class ArchiveLayout {
    private final Set<String> files = new HashSet<>();
    private final Set<String> folders = new HashSet<>();

    /** @param ownFile stands at the top; nothing else gets its place */
    public ArchiveLayout(String ownFile) {
        take(ownFile);
    }

    /**
     * The places of one job's files, in their order. None of them leaves the archive, whatever the paths say.
     *
     * @param job unique, and a {@link PathName}
     */
    public List<String> place(String job, List<String> paths) {
        List<String> safe = distinct(paths.stream().map(ArchiveLayout::safe).toList());
        List<String> placed = safe;
        for (int n = 1; placed.stream().anyMatch(this::isTaken); n++) {
            String folder = n == 1 ? job : job + "-" + n;
            placed = safe.stream().map(path -> folder + "/" + path).toList();
        }
        placed.forEach(this::take);
        return placed;
    }

    private static String safe(String path) {
        return Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty())
                .map(name -> PathName.of(name, "_"))
                .collect(Collectors.joining("/"));
    }

    private static List<String> distinct(List<String> paths) {
        Set<String> seen = new HashSet<>();
        List<String> distinct = new ArrayList<>(paths.size());
        for (String path : paths) {
            String name = path;
            while (!seen.add(name)) {
                name += "_";
            }
            distinct.add(name);
        }
        return distinct;
    }

    private boolean isTaken(String path) {
        String folded = fold(path);
        return files.contains(folded)
                || folders.contains(folded)
                || parents(folded).stream().anyMatch(files::contains);
    }

    private void take(String path) {
        String folded = fold(path);
        files.add(folded);
        folders.addAll(parents(folded));
    }

    private static List<String> parents(String path) {
        List<String> parents = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            parents.add(path.substring(0, slash));
        }
        return parents;
    }

    private static String fold(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
