/** A Kafka Connect source: the device messages of an N-Hub enterprise, in Kafka topics. */
@org.jspecify.annotations.NullMarked
package io.nnnco.nhub.kafka.connect;
