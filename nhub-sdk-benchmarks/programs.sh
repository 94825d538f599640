# For end-to-end.sh, rates.sh and idle.sh: certificates, and the programs' class paths. Needs openssl.
# Leaves the folder of the certificates in $folder, and in $java, $own_path and $peer_path what to run.
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
histograms=$(tr : '\n' <"$folder/nhub-sdk-benchmarks" | grep HdrHistogram)
own_path="$own:nhub-sdk-mqtt/target/classes:$histograms:$(cat "$folder/nhub-sdk-mqtt")"
own_path="$own_path:integrations/micrometer/target/classes:$(cat "$folder/nhub-sdk-micrometer")"
peer_path="$own:$(cat "$folder/nhub-sdk-benchmarks")"
