package io.taskhub.task.artifact;

/** How much one task may store. */
record Quota(long fileBytes, long taskBytes, long taskFiles) {

    static Quota of(ArtifactConfig config) {
        return new Quota(config.maxFile().asLongValue(), config.maxTaskBytes().asLongValue(), config.maxTaskFiles());
    }

    /** @throws ArtifactException.OverQuota when a file of {@code size} bytes is one too many beside the others */
    void check(ArtifactTable.Usage others, long size) {
        if (others.files() >= taskFiles) {
            throw new ArtifactException.OverQuota("task has more than " + taskFiles + " files");
        }
        if (others.bytes() + size > taskBytes) {
            throw new ArtifactException.OverQuota("files of the task are larger than " + taskBytes + " bytes together");
        }
    }
}
