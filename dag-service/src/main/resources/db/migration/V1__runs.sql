-- Runs of graphs. Times are epoch milliseconds of clock(). JSON is text that this service wrote.
-- Node status: 0 pending, 1 running, 2 success, 3 failed, 4 skipped, 5 canceled, 6 timeout.

CREATE TABLE clock_offset (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    ms bigint NOT NULL DEFAULT 0 CHECK (ms >= 0)
);
COMMENT ON TABLE clock_offset IS 'Moves clock() forward in tests; a service without taskhub.dag.test-clock refuses to start on any other value than 0.';
INSERT INTO clock_offset DEFAULT VALUES;

CREATE FUNCTION clock() RETURNS bigint LANGUAGE sql VOLATILE
    RETURN floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + (SELECT ms FROM clock_offset);
COMMENT ON FUNCTION clock() IS 'The only source of time in this schema, in epoch milliseconds.';

-- A replica's number is an advisory lock that its process holds as long as it lives.
CREATE SEQUENCE replica_number AS int CYCLE;

-- status: 0 running, 1 success, 2 failed, 3 canceled. version is the fence: every writer names the one it read, and whoever takes a run
-- over raises it. open: something is still to be done (it runs, or its last events are not in Kafka yet).
CREATE TABLE run (
    id text PRIMARY KEY,
    key text UNIQUE,
    name text NOT NULL,
    source text NOT NULL,
    created_by text NOT NULL,
    template_id text,
    cron_job_id text,
    fail_policy text NOT NULL,
    max_parallel int NOT NULL CHECK (max_parallel >= 1),
    params text NOT NULL,
    total int NOT NULL,
    start_ms bigint NOT NULL,
    end_ms bigint,
    status smallint NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 3),
    canceled boolean NOT NULL DEFAULT false,
    round int NOT NULL DEFAULT 1,
    success_count int NOT NULL DEFAULT 0,
    failed_count int NOT NULL DEFAULT 0,
    skipped_count int NOT NULL DEFAULT 0,
    message text NOT NULL DEFAULT '',
    owner int NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    seq int NOT NULL DEFAULT 0,
    published int NOT NULL DEFAULT 0,
    open boolean NOT NULL DEFAULT true,
    CONSTRAINT only_the_end_is_ended CHECK ((status = 0) = (end_ms IS NULL)),
    CONSTRAINT running_is_open CHECK (status <> 0 OR open),
    CONSTRAINT published_what_happened CHECK (published <= seq)
) WITH (fillfactor = 60);
CREATE INDEX run_open ON run (owner) WHERE open;
CREATE INDEX run_start ON run (start_ms DESC);
CREATE INDEX run_name ON run (name);

-- Written once. config is contracts' TaskConfig.
CREATE TABLE node (
    run_id text NOT NULL,
    idx int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    logical_id text NOT NULL,
    name text NOT NULL,
    run_if text NOT NULL,
    config text NOT NULL,
    PRIMARY KEY (run_id, idx)
);
CREATE INDEX node_id ON node (id DESC);
CREATE INDEX node_logical ON node (logical_id, id DESC);
CREATE INDEX node_name ON node (name, id DESC);

-- From the moment that something happens to a node; without a row it is pending. task_seq: the last of the task's events that is worked in.
CREATE TABLE node_run (
    run_id text NOT NULL,
    idx int NOT NULL,
    status smallint NOT NULL CHECK (status BETWEEN 0 AND 6),
    ready boolean NOT NULL,
    task uuid,
    task_seq int NOT NULL DEFAULT 0,
    attempt int NOT NULL DEFAULT 0,
    max_attempts int NOT NULL,
    exit_code int NOT NULL DEFAULT 0,
    start_ms bigint,
    end_ms bigint,
    duration_ms bigint NOT NULL DEFAULT 0,
    message text NOT NULL DEFAULT '',
    stdout text NOT NULL DEFAULT '',
    stderr text NOT NULL DEFAULT '',
    metadata text NOT NULL DEFAULT '{}',
    PRIMARY KEY (run_id, idx)
) WITH (fillfactor = 70);
CREATE INDEX node_run_task ON node_run (task) WHERE task IS NOT NULL;

-- History and outbox in one: what is above run.published is still to be sent by the run's owner. task_id null = about the run itself.
CREATE TABLE run_event (
    run_id text NOT NULL,
    seq int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    task_id text,
    event text NOT NULL,
    ts_ms bigint NOT NULL,
    extra text NOT NULL,
    PRIMARY KEY (run_id, seq)
);
CREATE INDEX run_event_ts ON run_event (ts_ms DESC);
CREATE INDEX run_event_task ON run_event (task_id, ts_ms DESC) WHERE task_id IS NOT NULL;
