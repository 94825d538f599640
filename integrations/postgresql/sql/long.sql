-- One row per reading. Needs PostgreSQL 12 or later; run partitions.sql, too.
create table reading (
  device_id  text        not null,
  channel_id text        not null,
  sent_at    timestamptz not null, -- timestamp_ms of the uplink
  key        bytea       not null, -- SHA-256 of the uplink's deduplication key
  position   int         not null, -- in the uplink, which may have a channel twice
  arrived_at timestamptz not null, -- of the first copy
  number     double precision,     -- the value, if it is a number
  other      jsonb,                -- the value, if it is anything else but null
  unit       text,
  -- The key of a partitioned table must have the time. Device and channel come first, for queries.
  primary key (device_id, channel_id, sent_at, key, position)
) partition by range (sent_at);

-- Rows whose time has no partition: much too old or too new, or ahead of a job that did not run.
create table reading_default partition of reading default;
