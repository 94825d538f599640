/** Metrics of an N-Hub client, for Micrometer. */
@org.jspecify.annotations.NullMarked
module io.nnnco.nhub.micrometer {
  requires static transitive org.jspecify;
  requires transitive io.nnnco.nhub;
  requires transitive micrometer.core;

  exports io.nnnco.nhub.micrometer;
}
