package io.nnnco.nhub;

import io.nnnco.nhub.identity.ClientIdentity;

/** A broker that accepts as many certificates of nnn.acme as a test asks for. */
interface IssuingBroker extends Broker {
  /** Another one at each call. */
  ClientIdentity fresh();
}
