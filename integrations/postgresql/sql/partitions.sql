-- Creates partitions ahead, and drops those whose time is over. Run it daily, and as often as you like:
--   call nhub_partitions('uplink', 'day', 7, '90 days');
--   call nhub_partitions('uplink', 'month', 2, '2 years');
-- parent: the table; unit: 'day' or 'month', in UTC; ahead: how many units to have in advance;
-- keep: how long rows are kept after they were sent, or if they have no partition, after they arrived.
create or replace procedure nhub_partitions(parent regclass, unit text, ahead int, keep interval)
language plpgsql as $$
declare
  step        interval  := ('1 ' || unit)::interval;
  present     timestamp := date_trunc(unit, now() at time zone 'UTC');
  oldest      timestamp := (now() - keep) at time zone 'UTC';
  schema_name name;
  table_name  name;
  fallback    regclass;
  first       timestamp;
  child       record;
begin
  select n.nspname, c.relname, p.partdefid::regclass into strict schema_name, table_name, fallback
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_partitioned_table p on p.partrelid = c.oid
    where c.oid = parent;
  perform set_config('lock_timeout', '5s', true); -- Whoever writes waits behind this procedure.

  execute format('delete from %s where arrived_at < now() - $1', fallback) using keep;

  -- The units from now on, and older ones that late rows are waiting for.
  for first in execute format(
    'select generate_series($1, $1 + $2 * $3, $3)
     union select date_trunc($4, sent_at at time zone ''UTC'') from %s
       where sent_at at time zone ''UTC'' < $1 and sent_at at time zone ''UTC'' >= $5
     order by 1', fallback) using present, ahead, step, unit, oldest
  loop
    declare
      name text := format('%I.%I', schema_name, table_name || '_' || to_char(first, 'YYYYMMDD'));
      low  text := quote_literal(first || '+00');
      high text := quote_literal((first + step) || '+00');
    begin
      continue when to_regclass(name) is not null;
      execute format('lock table %s in access exclusive mode', fallback);
      execute format('create table %s (like %s including all)', name, parent);
      execute format(
        'with moved as (delete from %s where sent_at >= %s and sent_at < %s returning *)
         insert into %s select * from moved', fallback, low, high, name);
      execute format(
        'alter table %s attach partition %s for values from (%s) to (%s)', parent, name, low, high);
    end;
    commit;
    perform set_config('lock_timeout', '5s', true);
  end loop;

  for child in
    select c.oid::regclass as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = parent and c.oid <> fallback
        and substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \(''([^'']+)''\)')::timestamptz
            <= oldest at time zone 'UTC'
  loop
    execute format('drop table %s', child.name);
    commit;
    perform set_config('lock_timeout', '5s', true);
  end loop;
end $$;
