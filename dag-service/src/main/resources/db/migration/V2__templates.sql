-- Migrations are immutable: a change is a new file.

-- JSON is kept as text: digits, order of keys and \u0000 come back as they were sent.
CREATE TABLE template (
    id text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
    name text NOT NULL,
    description text NOT NULL,
    body text NOT NULL,
    schema text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
