-- Templates. JSON is kept as text: digits and the order of keys come back as they were sent. Times are epoch milliseconds of clock().
CREATE TABLE template (
    id text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
    name text NOT NULL,
    description text NOT NULL,
    body text NOT NULL,
    schema text NOT NULL,
    created_ms bigint NOT NULL,
    updated_ms bigint NOT NULL
);
