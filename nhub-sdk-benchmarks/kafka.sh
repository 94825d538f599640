#!/usr/bin/env bash
# How fast Kafka Connect and the program of the example empty the queue of a bridge (Mosquitto, with TLS)
# into a Kafka of one node, beside kafka-producer-perf-test, which has its records in memory: the limit.
# Needs mosquitto.
#   kafka.sh [messages]      JAVA_HOME chooses the JDK
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
./mvnw -B -q verify -pl integrations/kafka-chaos -am -DskipTests -Dmaven.javadoc.skip \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$folder/\${project.artifactId}"
path=integrations/kafka-chaos/target/test-classes:$(cat "$folder/nhub-sdk-kafka-chaos")
plugins=$(ls -d integrations/kafka-connect/target/*-plugin)
cd integrations/kafka-chaos
root=$(cd ../.. && pwd)
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$root/$path" -Dkafka.plugins="$root/$plugins" \
  -Dorg.slf4j.simpleLogger.defaultLogLevel=error io.nnnco.nhub.kafka.chaos.Throughput "${1:-500000}"
