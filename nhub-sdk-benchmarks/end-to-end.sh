#!/usr/bin/env bash
# Compares receivers of uplinks end to end: this SDK with both engines, hand-written Paho and HiveMQ
# clients with Jackson, and mosquitto_sub. Needs openssl and mosquitto_sub.
#   end-to-end.sh [messages [rounds [receivers…]]]      JAVA_HOME chooses the JDK
set -euo pipefail
cd "$(dirname "$0")/.."
messages=${1:-1000000}
rounds=${2:-5}
receivers=("${@:3}")
[ ${#receivers[@]} -gt 0 ] || receivers=(NHUB_DIRECT NHUB_PAHO PAHO HIVEMQ MOSQUITTO_SUB)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(
  cd "$folder"
  certificate() { # name, subject alternative name
    openssl req -quiet -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
      -keyout "$1.key" -out "$1.csr" 2>/dev/null ||
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out "$1.crt" \
      -extfile <(echo "subjectAltName=$2") 2>/dev/null
    openssl pkcs12 -export -in "$1.crt" -inkey "$1.key" -out "$1.p12" -passout pass:changeit
  }
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=ca" \
    -keyout ca.key -out ca.crt 2>/dev/null
  certificate server DNS:localhost
  certificate client DNS:client
  keytool -importcert -noprompt -alias ca -file ca.crt -keystore ca.p12 -storepass changeit \
    2>/dev/null
)

./mvnw -B -q -Pbenchmarks -pl nhub-sdk-benchmarks -am -DskipTests compile \
  dependency:build-classpath -DincludeScope=runtime \
  -Dmdep.outputFile="$folder/\${project.artifactId}"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
own=nhub-sdk-benchmarks/target/classes
"$java" -cp "$own:$(cat "$folder/nhub-sdk-mqtt")" io.nnnco.nhub.benchmarks.EndToEnd \
  "$own:nhub-sdk-mqtt/target/classes:$(cat "$folder/nhub-sdk-mqtt")" \
  "$own:$(cat "$folder/nhub-sdk-benchmarks")" \
  "$folder" "$messages" "$rounds" "${receivers[@]}"
