package io.nnnco.nhub.stream.internal.transport;

import org.junit.jupiter.api.Nested;

final class DirectFaultsTest {
  @Nested
  class Connecting extends ConnectingFaults {
    Connecting() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Subscribing extends SubscribingFaults {
    Subscribing() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class ServerTerms extends ServerTermsFaults {
    ServerTerms() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Memory extends MemoryFaults {
    Memory() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Receiving extends ReceivingFaults {
    Receiving() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Ending extends EndingFaults {
    Ending() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Leaving extends LeavingFaults {
    Leaving() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Protocol extends ProtocolFaults {
    Protocol() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class KeepAlive extends KeepAliveFaults {
    KeepAlive() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Reasons extends ReasonFaults {
    Reasons() {
      super(Engine.DIRECT);
    }
  }

  @Nested
  class Fuzzed extends FuzzedFaults {
    Fuzzed() {
      super(Engine.DIRECT);
    }
  }
}
