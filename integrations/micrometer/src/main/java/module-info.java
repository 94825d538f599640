/** Metrics and traces of an N-Hub client, for Micrometer. */
@org.jspecify.annotations.NullMarked
module io.nnnco.nhub.micrometer {
  requires static transitive org.jspecify;
  requires transitive io.nnnco.nhub;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;
  requires transitive micrometer.commons;
  requires org.slf4j;

  exports io.nnnco.nhub.micrometer;
}
