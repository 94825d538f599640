package io.nnnco.nhub.stream.internal.transport;

import org.junit.jupiter.api.Nested;

/** The same promises in MQTT 3.1.1. */
final class DirectContract311Test {
  @Nested
  class Connecting extends ConnectingContract {
    Connecting() {
      super(Engine.DIRECT_3_1_1);
    }
  }

  @Nested
  class Receiving extends ReceivingContract {
    Receiving() {
      super(Engine.DIRECT_3_1_1);
    }
  }

  @Nested
  class Ending extends EndingContract {
    Ending() {
      super(Engine.DIRECT_3_1_1);
    }
  }
}
