#!/usr/bin/env bash
# Brings uplinks into a PostgreSQL of its own, on a port of the loopback, with fsync. Needs the server's
# programs: apt-get install postgresql.
#   database.sh [seconds [rounds [writers…]]]   rows a second: one row per commit, batches, and batches
#                                               by a hand-written HiveMQ client
#   database.sh sink [seconds [rounds]]         the same of the example of docs/postgresql.md
#   database.sh outage                          what is lost when the database goes away for 20 and 40 s
#   JAVA_HOME chooses the JDK, NHUB_PG_PORT the port (54329)
set -euo pipefail
cd "$(dirname "$0")/.."
port=${NHUB_PG_PORT:-54329}

programs=$(ls -d "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin 2>/dev/null |
  sort -V | tail -1)
[ -x "$programs/initdb" ] || { echo "initdb is missing: apt-get install postgresql" >&2; exit 2; }
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root.
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres "$folder"
fi
server() { (cd "$folder" && ${as[@]+"${as[@]}"} "$programs/pg_ctl" -s -w -D "$folder/data" "$@"); }
trap 'server -m immediate stop || true; rm -rf "$folder"' EXIT
(cd "$folder" && ${as[@]+"${as[@]}"} "$programs/initdb" -D data -A trust -U nhub >/dev/null)
cat >>"$folder/data/postgresql.conf" <<END
port = $port
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
fsync = on
synchronous_commit = on
max_wal_size = 4GB
END
server -l "$folder/log" start
url="jdbc:postgresql://127.0.0.1:$port/postgres?user=nhub"

./mvnw -B -q -Pbenchmarks -pl nhub-sdk-benchmarks -am -DskipTests compile \
  dependency:build-classpath -DincludeScope=runtime \
  -Dmdep.outputFile="$folder/\${project.artifactId}"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
own=nhub-sdk-benchmarks/target/classes
peer_path=$own:$(cat "$folder/nhub-sdk-benchmarks")
own_path=$own:nhub-sdk-mqtt/target/classes:nhub-sdk-testkit/target/classes
own_path+=:$(cat "$folder/nhub-sdk-mqtt"):$(cat "$folder/nhub-sdk-testkit")
own_path+=:integrations/postgresql/target/classes:$(cat "$folder/nhub-sdk-postgresql-example")

if [ "${1:-}" = outage ]; then
  printf '#!/bin/sh\ncd %s && exec %s %s -s -w -D data -l log "$@"\n' \
    "$folder" "${as[*]-}" "$programs/pg_ctl" >"$folder/server"
  chmod +x "$folder/server"
  "$java" -Dslf4j.internal.verbosity=ERROR -cp "$own_path" io.nnnco.nhub.benchmarks.DatabaseOutage "$url" "$folder/server"
else
  writers=("${@:3}")
  if [ "${1:-}" = sink ]; then
    shift
    writers=(SINK_ONE_ROW SINK_WIDE SINK_LONG)
  fi
  [ ${#writers[@]} -gt 0 ] || writers=(ONE_ROW NHUB_BATCHES NHUB_BATCHES_DIRECT HIVEMQ_BATCHES)
  "$java" -Dslf4j.internal.verbosity=ERROR -cp "$own_path" io.nnnco.nhub.benchmarks.DatabaseRates \
    "$own_path" "$peer_path" "$folder" "$url" "${1:-10}" "${2:-3}" "${writers[@]}"
fi
