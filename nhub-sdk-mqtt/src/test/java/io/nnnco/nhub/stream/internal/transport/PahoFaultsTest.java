package io.nnnco.nhub.stream.internal.transport;

import org.junit.jupiter.api.Nested;

final class PahoFaultsTest {
  @Nested
  class Connecting extends ConnectingFaults {
    Connecting() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Subscribing extends SubscribingFaults {
    Subscribing() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class ServerTerms extends ServerTermsFaults {
    ServerTerms() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Memory extends MemoryFaults {
    Memory() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Receiving extends ReceivingFaults {
    Receiving() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Ending extends EndingFaults {
    Ending() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Leaving extends LeavingFaults {
    Leaving() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Protocol extends ProtocolFaults {
    Protocol() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class KeepAlive extends KeepAliveFaults {
    KeepAlive() {
      super(Engine.PAHO);
    }
  }

  @Nested
  class Fuzzed extends FuzzedFaults {
    Fuzzed() {
      super(Engine.PAHO);
    }
  }
}
