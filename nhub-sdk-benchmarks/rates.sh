#!/usr/bin/env bash
# Compares receivers of uplinks at fixed rates: processor time, context switches, latency and
# allocation per message. Needs Linux, openssl and mosquitto_sub.
#   rates.sh [rates [seconds [rounds [receivers…]]]]    JAVA_HOME chooses the JDK
# Each round takes every receiver at every rate: 10 seconds of warm-up, then the seconds that count.
set -euo pipefail
cd "$(dirname "$0")/.."
rates=${1:-10,100,1000,10000}
seconds=${2:-30}
rounds=${3:-3}
receivers=("${@:4}")
[ ${#receivers[@]} -gt 0 ] || receivers=(NHUB_DIRECT NHUB_PAHO PAHO HIVEMQ MOSQUITTO_SUB)

. nhub-sdk-benchmarks/programs.sh
"$java" -cp "$own_path" io.nnnco.nhub.benchmarks.Rates \
  "$own_path" "$peer_path" "$folder" "$rates" "$seconds" "$rounds" "${receivers[@]}"
