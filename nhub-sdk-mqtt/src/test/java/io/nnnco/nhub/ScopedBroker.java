package io.nnnco.nhub;

import io.nnnco.nhub.identity.Credentials;

/** A server that {@link BrokerContract} is run against, with the rules M1 to M5 and M12. */
interface ScopedBroker extends Broker {
  /** Where clients with a username and token connect. */
  int passwordPort();

  /** The username of nnn.acme with its token, or with another. */
  Credentials password(boolean right);

  /** Whether it tells the first client, in MQTT 5, that a second one has taken its session. */
  default boolean tellsOfTakeOver() {
    return true;
  }

  /** Whether each member of a shared group has its turn, as long as none has more to do. */
  default boolean sharesInTurn() {
    return true;
  }
}
