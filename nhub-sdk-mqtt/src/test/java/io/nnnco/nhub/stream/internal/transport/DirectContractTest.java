package io.nnnco.nhub.stream.internal.transport;

import org.junit.jupiter.api.Nested;

final class DirectContractTest {
  @Nested
  class Connecting extends ConnectingContract {
    Connecting() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Receiving extends ReceivingContract {
    Receiving() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Ending extends EndingContract {
    Ending() {
      super(Engine.DIRECT);
    }
  }
}
