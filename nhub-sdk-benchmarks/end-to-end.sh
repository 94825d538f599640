#!/usr/bin/env bash
# Compares receivers of uplinks end to end, at full load: this SDK with both engines, hand-written Paho
# and HiveMQ clients with Jackson, mosquitto_sub, and a bare socket that decodes nothing: the limit.
# Needs openssl and mosquitto_sub.
#   end-to-end.sh [messages [rounds [receivers…]]]      JAVA_HOME chooses the JDK
set -euo pipefail
cd "$(dirname "$0")/.."
messages=${1:-1000000}
rounds=${2:-5}
receivers=("${@:3}")
[ ${#receivers[@]} -gt 0 ] || receivers=(NHUB_DIRECT NHUB_PAHO PAHO HIVEMQ MOSQUITTO_SUB BARE_SOCKET)

. nhub-sdk-benchmarks/programs.sh
"$java" -cp "$own_path" io.nnnco.nhub.benchmarks.EndToEnd \
  "$own_path" "$peer_path" "$folder" "$messages" "$rounds" "${receivers[@]}"
