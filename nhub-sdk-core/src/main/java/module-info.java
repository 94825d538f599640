/** What N-Hub is: device messages and their JSON, identities, and the management API. */
@org.jspecify.annotations.NullMarked
module io.nnnco.nhub.core {
  requires com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires transitive okhttp3;

  exports io.nnnco.nhub.core;
  exports io.nnnco.nhub.management;
}
