#!/usr/bin/env bash
# Lets messages flow from Mosquitto to Kafka, by Kafka Connect and by the program of the example, while
# what is between is killed with SIGKILL, and Kafka is stopped once. Needs mosquitto.
#   chaos.sh [messages [kills [seconds without Kafka [seed]]]]      JAVA_HOME chooses the JDK
set -euo pipefail
cd "$(dirname "$0")/../.."
rm -f integrations/kafka-chaos/target/chaos.txt
status=0
./mvnw -B -q verify -pl integrations/kafka-chaos -am -Dtest='*ChaosTest' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.skip -Dmaven.javadoc.skip -DforkCount=1 \
  -Dchaos.messages="${1:-1000000}" -Dchaos.kills="${2:-20}" -Dchaos.outage.seconds="${3:-60}" \
  ${4:+-Dchaos.seed="$4"} || status=$?
cat integrations/kafka-chaos/target/chaos.txt
exit $status
