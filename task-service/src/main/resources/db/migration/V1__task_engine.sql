-- The engine's tables. Times are epoch milliseconds of clock(); states are the ordinals of contracts' TaskState:
-- 0 scheduled, 1 pending, 2 active, 3 retry, 4 completed, 5 archived, 6 cancelled. JSON is text that was checked before.

CREATE TABLE clock_offset (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    ms bigint NOT NULL DEFAULT 0 CHECK (ms >= 0)
);
COMMENT ON TABLE clock_offset IS 'Moves clock() forward in tests; a service without taskhub.task.test-clock refuses to start on any other value than 0.';
INSERT INTO clock_offset DEFAULT VALUES;

CREATE FUNCTION clock() RETURNS bigint LANGUAGE sql VOLATILE
    RETURN floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + (SELECT ms FROM clock_offset);
COMMENT ON FUNCTION clock() IS 'The only source of time in this schema, in epoch milliseconds.';

CREATE SEQUENCE task_number;

-- Hot and narrow: everything that workers race for. seq is the task's last event and the optimistic version at once.
CREATE TABLE task (
    id uuid PRIMARY KEY,
    number bigint NOT NULL UNIQUE,
    run_at bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    started_at bigint,
    finished_at bigint,
    claimed_at bigint,
    deadline bigint,
    timeout_ms bigint NOT NULL,
    seq int NOT NULL,
    claim int NOT NULL DEFAULT 0,
    settled_claim int NOT NULL DEFAULT 0,
    attempt int NOT NULL DEFAULT 0,
    max_attempts int NOT NULL,
    progress_n int NOT NULL DEFAULT 0,
    log_count int NOT NULL DEFAULT 0,
    state smallint NOT NULL,
    priority smallint NOT NULL,
    origin smallint NOT NULL,
    percent smallint NOT NULL DEFAULT 0,
    lost smallint NOT NULL DEFAULT 0,
    held boolean NOT NULL DEFAULT false,
    child boolean NOT NULL DEFAULT false,
    cancel_requested boolean NOT NULL DEFAULT false,
    timed_out boolean NOT NULL DEFAULT false,
    timeout_final boolean NOT NULL,
    has_unique boolean NOT NULL,
    queue text NOT NULL,
    type text NOT NULL,
    retry text NOT NULL,
    labels text[] NOT NULL,
    session uuid,
    claim_request uuid,
    run_id text,
    logical_id text,
    CONSTRAINT state_is_known CHECK (state BETWEEN 0 AND 6),
    CONSTRAINT active_has_an_owner CHECK (state <> 2 OR (session IS NOT NULL AND claimed_at IS NOT NULL AND claim > 0)),
    CONSTRAINT only_the_end_is_finished CHECK ((state >= 4) = (finished_at IS NOT NULL)),
    CONSTRAINT waiting_was_tried CHECK (state <> 3 OR attempt > 0),
    CONSTRAINT settled_in_order CHECK (settled_claim <= claim),
    CONSTRAINT attempts_are_counted CHECK (attempt BETWEEN 0 AND max_attempts),
    CONSTRAINT fourth_loss_is_the_end CHECK (lost BETWEEN 0 AND 4 AND (lost < 4 OR state >= 4)),
    CONSTRAINT priority_is_known CHECK (priority BETWEEN -1 AND 2),
    CONSTRAINT percent_is_one CHECK (percent BETWEEN 0 AND 100)
) WITH (
    fillfactor = 80,
    autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_threshold = 50000,
    autovacuum_analyze_scale_factor = 0.1
);

-- What a claim may pick, in its order. Its predicate is repeated word for word by every query that wants this index.
CREATE INDEX task_claimable ON task (queue, priority DESC, run_at, number) WHERE state IN (0, 1, 3) AND NOT held;
CREATE INDEX task_active ON task (session) WHERE state = 2;
CREATE INDEX task_held ON task (queue) WHERE held;
CREATE INDEX task_logical ON task (logical_id, run_id) WHERE logical_id IS NOT NULL;

-- Cold and wide: written once. params null = as payload.
CREATE TABLE task_detail (
    task_id uuid PRIMARY KEY,
    name text NOT NULL,
    kind int NOT NULL,
    payload text NOT NULL,
    params text,
    metadata text,
    created_by text NOT NULL,
    cron_job_id text,
    parent uuid,
    traceparent text
) WITH (autovacuum_vacuum_scale_factor = 0.1);

-- What the last attempt left, when it left anything.
CREATE TABLE task_result (
    task_id uuid PRIMARY KEY,
    exit_code int NOT NULL,
    stdout text NOT NULL,
    stderr text NOT NULL,
    cut boolean NOT NULL,
    message text NOT NULL,
    data text
);

-- History and outbox in one. body is the finished JSON of contracts' TaskEvent.
CREATE TABLE task_event (
    task_id uuid NOT NULL,
    seq int NOT NULL,
    at bigint NOT NULL,
    kind smallint NOT NULL,
    origin smallint NOT NULL,
    tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
    run_id text,
    body text NOT NULL,
    PRIMARY KEY (task_id, seq, at)
) PARTITION BY RANGE (at);
CREATE INDEX ON task_event (tx);
CREATE TABLE task_event_default PARTITION OF task_event DEFAULT;

-- ord is the order of arrival: it numbers the lines of one logical id over several runs.
CREATE TABLE task_log (
    task_id uuid NOT NULL,
    claim int NOT NULL,
    n int NOT NULL,
    ts bigint NOT NULL,
    ord bigint GENERATED ALWAYS AS IDENTITY,
    number bigint NOT NULL,
    attempt int NOT NULL,
    level smallint NOT NULL,
    stream smallint NOT NULL,
    duration_ms bigint NOT NULL,
    logical text NOT NULL,
    run_id text,
    cron_job_id text,
    worker text NOT NULL,
    message text NOT NULL,
    fields text,
    PRIMARY KEY (task_id, claim, n, ts)
) PARTITION BY RANGE (ts);
CREATE TABLE task_log_default PARTITION OF task_log DEFAULT;

-- The next offset of each partition of the log topic that is not stored yet.
CREATE TABLE log_position (
    part int PRIMARY KEY,
    next bigint NOT NULL
);

CREATE TABLE unique_key (
    key text PRIMARY KEY,
    task_id uuid NOT NULL,
    until bigint NOT NULL
);
CREATE INDEX unique_key_task ON unique_key (task_id);

CREATE TABLE once (
    caller text NOT NULL,
    path text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    until bigint NOT NULL,
    status int,
    body text,
    PRIMARY KEY (caller, path, key)
);
CREATE INDEX once_until ON once (until);

CREATE TABLE queue (
    name text PRIMARY KEY,
    paused boolean NOT NULL DEFAULT false
);

-- Deltas: finished tasks by state (4, 5, 6) and tasks that are gone (7). One row per batch, summed by readers, compacted by the sweeper.
CREATE TABLE queue_count (
    queue text NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 4 AND 7),
    n bigint NOT NULL
);

CREATE TABLE worker_session (
    id uuid PRIMARY KEY,
    worker text NOT NULL,
    types text[] NOT NULL,
    labels text[] NOT NULL,
    queues text[] NOT NULL,
    last_seen bigint NOT NULL
) WITH (fillfactor = 50);

-- What is published: everything visible in this snapshot. real_at is the unmoved clock when it was taken.
CREATE TABLE relay_position (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    snapshot text NOT NULL,
    real_at bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO relay_position (snapshot, real_at) VALUES ('1:1:', 0);

-- Events that Kafka would not take: kept for people to look at.
CREATE TABLE parked_event (
    task_id uuid NOT NULL,
    seq int NOT NULL,
    parked_at bigint NOT NULL,
    reason text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (task_id, seq)
);
