/** The entry point of the SDK, and the subscriptions behind it. */
@org.jspecify.annotations.NullMarked
module io.nnnco.nhub {
  requires com.fasterxml.jackson.core;
  requires java.logging;
  requires jdk.jfr;
  requires static transitive org.jspecify;
  requires transitive io.nnnco.nhub.core;
  requires org.eclipse.paho.mqttv5.client;
  requires org.slf4j;

  exports io.nnnco.nhub;
  exports io.nnnco.nhub.diagnosis;
  exports io.nnnco.nhub.stream;
  exports io.nnnco.nhub.stream.deadletter;
  exports io.nnnco.nhub.stream.error;
  exports io.nnnco.nhub.stream.event;
  exports io.nnnco.nhub.stream.gap;
  exports io.nnnco.nhub.stream.metrics;
}
