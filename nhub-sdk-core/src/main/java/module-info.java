/** What N-Hub is: device messages and their JSON, identities, and the management API. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // The module to which it exports is built after it.
module io.nnnco.nhub.core {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive okhttp3;
  requires jdk.jfr;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports io.nnnco.nhub.codec;
  exports io.nnnco.nhub.core;
  exports io.nnnco.nhub.core.internal to
      io.nnnco.nhub;
  exports io.nnnco.nhub.identity;
  exports io.nnnco.nhub.management;
  exports io.nnnco.nhub.message;
  exports io.nnnco.nhub.recording;
}
