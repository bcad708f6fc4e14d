package io.taskhub.task.api.eventjob;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.Artifacts;
import io.taskhub.task.jobs.ArchiveLayout;
import io.taskhub.task.jobs.ZipArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is in the ZIP of a job or a batch: a README and the files of every completed job (decisions §5).
 *
 * @param created of the README, so that the same jobs give the same bytes
 */
record JobArchive(String title, Instant created, List<Part> parts) {

    /** A job with its files; none unless it is completed. */
    record Part(StoredJob job, List<Placed> files) {}

    /** A file and where it stands in the archive. */
    record Placed(String path, Artifact artifact) {}

    static JobArchive of(String title, Instant created, List<StoredJob> jobs, Map<TaskId, List<Artifact>> artifacts) {
        ArchiveLayout layout = new ArchiveLayout(ArchiveReadme.NAME);
        List<Part> parts = new ArrayList<>(jobs.size());
        for (StoredJob job : jobs) {
            List<Artifact> files = job.status() == JobStatus.COMPLETED
                    ? artifacts.getOrDefault(job.task().id(), List.of())
                    : List.of();
            parts.add(new Part(job, placed(layout, job.id(), files)));
        }
        return new JobArchive(title, created, parts);
    }

    private static List<Placed> placed(ArchiveLayout layout, String job, List<Artifact> files) {
        List<String> places =
                layout.place(job, files.stream().map(Artifact::path).toList());
        List<Placed> placed = new ArrayList<>(files.size());
        for (int i = 0; i < files.size(); i++) {
            placed.add(new Placed(places.get(i), files.get(i)));
        }
        return placed;
    }

    /** One file after the other, without closing the stream. @throws IOException also when a file is gone meanwhile */
    void write(OutputStream out, Artifacts store) throws IOException {
        ZipArchive zip = new ZipArchive(out);
        zip.addText(ArchiveReadme.NAME, created, ArchiveReadme.of(this));
        for (Part part : parts) {
            for (Placed file : part.files()) {
                Artifact artifact = file.artifact();
                zip.addFile(
                        file.path(),
                        artifact.createdAt(),
                        artifact.mime(),
                        () -> store.open(artifact, 0, artifact.size()));
            }
        }
        zip.finish();
    }
}
