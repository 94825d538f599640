-- One row per uplink. Needs PostgreSQL 12 or later; run partitions.sql, too.
create table uplink (
  device_id  text        not null,
  sent_at    timestamptz not null, -- timestamp_ms
  key        bytea       not null, -- SHA-256 of the deduplication key
  arrived_at timestamptz not null, -- of the first copy
  message    jsonb       not null, -- the message in the platform's form, with its readings
  -- The key of a partitioned table must have the time. The device comes first, for queries by device.
  primary key (device_id, sent_at, key)
) partition by range (sent_at);

-- Rows whose time has no partition: much too old or too new, or ahead of a job that did not run.
create table uplink_default partition of uplink default;
