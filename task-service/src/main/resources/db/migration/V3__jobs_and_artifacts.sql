-- Batches of event jobs. What becomes of a batch is counted from its tasks; held is set on all of them while it is not active.
CREATE TABLE job_batch (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    job_count int NOT NULL CHECK (job_count > 0),
    active boolean NOT NULL DEFAULT true,
    created_at bigint NOT NULL,
    created_by text NOT NULL
);
CREATE INDEX job_batch_created ON job_batch (created_at);

ALTER TABLE task_detail ADD COLUMN batch uuid;
CREATE INDEX task_detail_batch ON task_detail (batch) WHERE batch IS NOT NULL;
CREATE INDEX task_detail_parent ON task_detail (parent) WHERE parent IS NOT NULL;

-- Files that tasks left. path is the client's, within the task; object is where the store has its bytes, made anew for every upload.
CREATE TABLE artifact (
    task_id uuid NOT NULL,
    path text NOT NULL,
    claim int NOT NULL,
    label text NOT NULL,
    mime text NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    sha256 text NOT NULL,
    object text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (task_id, path)
);
