-- Who may call. Passwords are bcrypt hashes; API keys and session tokens are random enough that SHA-256 does for them.
create table users (
  name          text        primary key check (name ~ '^[A-Za-z0-9._@-]{1,64}$'),
  password_hash text        not null,
  role          text        not null check (role in ('admin', 'operator', 'worker', 'viewer')),
  created_at    timestamptz not null default now()
);

create table api_keys (
  id         uuid        primary key,
  name       text        not null,
  key_hash   bytea       not null unique,
  role       text        not null check (role in ('admin', 'operator', 'worker', 'viewer')),
  created_by text        not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

create table sessions (
  token_hash bytea       primary key,
  user_name  text        not null references users (name) on delete cascade,
  expires_at timestamptz not null
);
create index sessions_by_end on sessions (expires_at);

-- The newest key signs; a replaced one verifies until the last token that it signed has expired.
create table signing_keys (
  kid                text        primary key,
  public_key         bytea       not null,
  sealed_private_key bytea       not null,
  created_at         timestamptz not null,
  verifies_until     timestamptz
);

create table audit (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  actor      text        not null,
  action     text        not null,
  target     text        not null,
  outcome    text        not null,
  address    text        not null,
  request_id text        not null
);
create index audit_by_time on audit (at);
