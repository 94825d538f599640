/** What N-Hub is: device messages and their JSON, identities, and the management API. */
@org.jspecify.annotations.NullMarked
module io.nnnco.nhub.core {
  requires static transitive org.jspecify;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.slf4j;

  exports io.nnnco.nhub.core;
  exports io.nnnco.nhub.identity;
}
