package io.nnnco.nhub;

import io.nnnco.nhub.identity.Credentials;

/** A server that clients of the SDK are run against. */
interface Broker {
  /** Where clients with a certificate connect. */
  int certificatePort();

  /** A certificate of nnn.acme. */
  Credentials certificate();

  /** Publishes by QoS 1; acknowledged when this returns. */
  void publish(String topic, String payload);

  void stop() throws Exception;
}
