#!/usr/bin/env bash
# Compares what subscriptions cost that get nothing: processor time, context switches and threads.
# Needs Linux and openssl.
#   idle.sh [seconds [receivers…]]      JAVA_HOME chooses the JDK
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
receivers=("${@:2}")
[ ${#receivers[@]} -gt 0 ] || receivers=(NHUB_DIRECT NHUB_PAHO PAHO HIVEMQ)

. nhub-sdk-benchmarks/programs.sh
"$java" -cp "$own_path" io.nnnco.nhub.benchmarks.Idle \
  "$own_path" "$peer_path" "$folder" "$seconds" "${receivers[@]}"
