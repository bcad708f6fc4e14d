-- Migrations are immutable: a change is a new file.

-- The only clock that SQL of this service reads. Tests move it; a process that is not for tests refuses to start when it is moved.
CREATE TABLE clock_offset (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    ahead interval NOT NULL DEFAULT interval '0'
);

INSERT INTO clock_offset DEFAULT VALUES;

CREATE FUNCTION clock() RETURNS timestamptz
    LANGUAGE sql VOLATILE
    RETURN clock_timestamp() + (SELECT ahead FROM clock_offset);

CREATE TABLE remote_worker (
    id text PRIMARY KEY,
    host text NOT NULL,
    port int NOT NULL CHECK (port BETWEEN 1 AND 65535),
    queues text[] NOT NULL,
    labels text[] NOT NULL,
    types text[] NOT NULL,
    max_running_tasks int NOT NULL CHECK (max_running_tasks >= 0),
    running_tasks int NOT NULL CHECK (running_tasks >= 0),
    token text,
    last_seen timestamptz NOT NULL
);

-- What was sent to a worker and is not answered yet. No foreign key: a worker may be forgotten or register anew meanwhile.
CREATE TABLE dispatch (
    id uuid PRIMARY KEY,
    worker_id text NOT NULL,
    touched_at timestamptz NOT NULL
);

CREATE INDEX dispatch_by_worker ON dispatch (worker_id);
