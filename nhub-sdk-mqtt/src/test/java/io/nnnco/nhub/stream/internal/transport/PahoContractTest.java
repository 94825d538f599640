package io.nnnco.nhub.stream.internal.transport;

import org.junit.jupiter.api.Nested;

final class PahoContractTest {
  @Nested
  class Connecting extends ConnectingContract {
    Connecting() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Receiving extends ReceivingContract {
    Receiving() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Ending extends EndingContract {
    Ending() {
      super(Engine.PAHO);
    }
  }
}
