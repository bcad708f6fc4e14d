package io.taskhub.task.artifact;

import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The files of tasks: what clients read and runs store. */
@ApplicationScoped
public class Artifacts {
    private static final Logger LOG = Logger.getLogger(Artifacts.class);

    private final Database database;
    private final ArtifactStore store;
    private final Quota quota;

    Artifacts(Database database, ArtifactStore store, ArtifactConfig config) {
        this.database = database;
        this.store = store;
        this.quota = Quota.of(config);
    }

    /** In the order in which they were stored. */
    public List<Artifact> of(TaskId task) {
        return database.read(connection -> ArtifactTable.of(connection, List.of(task), Integer.MAX_VALUE));
    }

    /** The same of many; a task without files is missing from it. Empty when they have more than {@code most} together. */
    public Optional<Map<TaskId, List<Artifact>>> ofAll(Collection<TaskId> tasks, int most) {
        List<Artifact> found = database.read(connection -> ArtifactTable.of(connection, tasks, most + 1));
        return found.size() > most
                ? Optional.empty()
                : Optional.of(found.stream().collect(Collectors.groupingBy(Artifact::task)));
    }

    /** Any text may be asked for; one that is no path finds nothing. */
    public Optional<Artifact> find(TaskId task, String path) {
        if (!ArtifactPath.isAllowed(path)) {
            return Optional.empty();
        }
        return database.read(connection -> ArtifactTable.find(connection, task, path)).stream()
                .findFirst();
    }

    /**
     * A part of its bytes, to be closed by the caller.
     *
     * @throws java.nio.file.NoSuchFileException when it was replaced or taken away after it was found
     */
    public InputStream open(Artifact artifact, long from, long length) throws IOException {
        return store.open(artifact.object(), from, length);
    }

    /**
     * Takes a file of the run that holds {@code claim}, in place of one of the same path and of everything that earlier claims left. May
     * be repeated.
     *
     * @throws ArtifactException when it is not taken, however often it comes
     * @throws IOException when the content could not be read or kept
     */
    public StoredArtifact store(TaskId task, int claim, String path, String label, String mime, InputStream content)
            throws IOException {
        Naming.check(path, label, mime);
        if (!database.read(connection -> ArtifactTable.isHeld(connection, task, claim))) {
            throw new ArtifactException.StaleClaim(task, claim);
        }
        String key = task.uuid() + "/" + claim + "/" + UUID.randomUUID();
        Digested digested = store.put(key, content, quota.fileBytes());
        var row = new ArtifactTable.New(task, claim, path, label, mime, digested.size(), digested.sha256(), key);
        try {
            return show(row).stored();
        } catch (ArtifactException e) {
            // Any other failure may have come after the commit: then it is for the sweeper to find out.
            drop(List.of(key));
            throw e;
        }
    }

    private Artifact show(ArtifactTable.New row) {
        Shown shown = database.write(connection -> {
            if (!ArtifactTable.holdInTransaction(connection, row.task(), row.claim())) {
                throw new ArtifactException.StaleClaim(row.task(), row.claim());
            }
            List<String> replaced = ArtifactTable.deleteBefore(connection, row.task(), row.claim());
            quota.check(ArtifactTable.others(connection, row.task(), row.path()), row.size());
            replaced.addAll(ArtifactTable.delete(connection, row.task(), row.path()));
            return new Shown(ArtifactTable.insert(connection, row), replaced);
        });
        drop(shown.replaced());
        return shown.artifact();
    }

    private record Shown(Artifact artifact, List<String> replaced) {}

    /** Bytes of tasks whose rows are gone, after the commit. What fails here is left to the sweeper. */
    public void dropAll(Collection<TaskId> tasks) {
        for (TaskId task : tasks) {
            try {
                store.deleteAll(task);
            } catch (IOException e) {
                LOG.warnf("files of task %s are left to the sweeper: %s", task, e.getMessage());
            }
        }
    }

    private void drop(List<String> keys) {
        try {
            if (!keys.isEmpty()) {
                store.delete(keys);
            }
        } catch (IOException e) {
            LOG.warnf("%d files are left to the sweeper: %s", keys.size(), e.getMessage());
        }
    }
}
