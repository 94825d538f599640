#!/usr/bin/env bash
# Compares the start-up of FakeNHub with that of HiveMQ CE embedded; downloads the latter (104 MB).
# Each runs on the class path that it has in its user's build. About two minutes on a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/.."
paths=$(mktemp -d)
trap 'rm -rf "$paths"' EXIT
./mvnw -B -q -Pbenchmarks -pl nhub-sdk-benchmarks -am -DskipTests compile dependency:build-classpath \
  -DincludeScope=runtime -Dmdep.outputFile="$paths/\${project.artifactId}" "$@"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
own=nhub-sdk-benchmarks/target/classes
"$java" -cp "$own" io.nnnco.nhub.benchmarks.StartUp \
  "$own:nhub-sdk-testkit/target/classes:$(cat "$paths/nhub-sdk-testkit")" \
  "$own:$(cat "$paths/nhub-sdk-benchmarks")"
