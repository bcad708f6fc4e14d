-- Migrations are immutable: a change is a new file. Times are epoch milliseconds of clock().

CREATE TABLE clock_offset (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    ms bigint NOT NULL DEFAULT 0 CHECK (ms >= 0)
);
COMMENT ON TABLE clock_offset IS 'Moves clock() forward in tests; a service without taskhub.cron.test-clock refuses to start on any other value than 0.';
INSERT INTO clock_offset DEFAULT VALUES;

CREATE FUNCTION clock() RETURNS bigint LANGUAGE sql VOLATILE
    RETURN floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + (SELECT ms FROM clock_offset);
COMMENT ON FUNCTION clock() IS 'The only source of time in this schema, in epoch milliseconds.';

CREATE TABLE job (
    id text PRIMARY KEY,
    name text NOT NULL,
    spec text NOT NULL,
    timezone text NOT NULL,
    enabled boolean NOT NULL,
    pause_reason text NOT NULL,
    target_type text NOT NULL CHECK (target_type IN ('SingleTask', 'Dag', 'Template')),
    target text NOT NULL,
    misfire text NOT NULL CHECK (misfire IN ('skip', 'once', 'all')),
    overlap text NOT NULL CHECK (overlap IN ('allow', 'skip', 'queue', 'cancel_previous')),
    next_fire_ms bigint,
    created_by text NOT NULL,
    created_ms bigint NOT NULL,
    updated_ms bigint NOT NULL,
    CHECK (enabled OR next_fire_ms IS NULL)
);
COMMENT ON COLUMN job.target IS 'JSON text: the task, the DAG, or the template with its parameters.';
COMMENT ON COLUMN job.next_fire_ms IS 'The oldest fire that is in no row of fire yet; null = none is due ever.';

CREATE INDEX job_due ON job (next_fire_ms) WHERE next_fire_ms IS NOT NULL;

CREATE TABLE fire (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id text NOT NULL REFERENCES job ON DELETE CASCADE,
    scheduled_ms bigint NOT NULL,
    source text NOT NULL CHECK (source IN ('schedule', 'backfill', 'manual')),
    state text NOT NULL CHECK (state IN ('claimed', 'queued', 'admitted', 'created', 'skipped', 'failed')),
    reason text NOT NULL DEFAULT '',
    started_kind text CHECK (started_kind IN ('task', 'run')),
    started_id text,
    recorded_ms bigint NOT NULL,
    deliver_ms bigint,
    attempts int NOT NULL DEFAULT 0,
    fired_ms bigint,
    ended_ms bigint,
    CHECK ((state = 'created') = (started_id IS NOT NULL AND started_kind IS NOT NULL AND fired_ms IS NOT NULL)),
    CHECK ((state IN ('claimed', 'admitted')) = (deliver_ms IS NOT NULL))
);
COMMENT ON COLUMN fire.deliver_ms IS 'The lease of who is starting it: later than this, anybody may.';
COMMENT ON COLUMN fire.ended_ms IS 'When what it started was seen to have ended; asked only for jobs that may not overlap.';

-- A time fires once per source, whoever claims it.
CREATE UNIQUE INDEX fire_once ON fire (job_id, scheduled_ms, source);
CREATE INDEX fire_history ON fire (job_id, id);
CREATE INDEX fire_to_deliver ON fire (deliver_ms) WHERE deliver_ms IS NOT NULL;
CREATE INDEX fire_queued ON fire (job_id) WHERE state = 'queued';
CREATE INDEX fire_open ON fire (job_id) WHERE state IN ('queued', 'admitted', 'created') AND ended_ms IS NULL;
CREATE INDEX fire_age ON fire (recorded_ms);
