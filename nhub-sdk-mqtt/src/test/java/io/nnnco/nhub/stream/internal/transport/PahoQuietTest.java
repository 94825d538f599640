package io.nnnco.nhub.stream.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.error.ConnectionPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What {@code PahoLogTest} shows for one thread, with real connections and their races. */
class PahoQuietTest extends ContractFixture {
  PahoQuietTest() {
    super(Engine.PAHO);
  }

  /** Which of them wrote a stack trace was a matter of chance: about one in two. */
  @Test
  void manyAttempts_thatThisSideAborts_writeNothingToTheLog() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger paho = Logger.getLogger("org.eclipse.paho.mqttv5");
    Handler handler = new Lines(lines);
    paho.addHandler(handler);
    try {
      for (int i = 0; i < 20; i++) {
        Transport transport = open(request().build(), new RecordingListener());
        eventually(() -> hasReached(transport, ConnectionPhase.CONNECT), () -> "no CONNECT");
        transport.abort();
      }
      awaitNoThreads();
    } finally {
      paho.removeHandler(handler);
    }
    assertEquals(List.of(), lines);
  }

  private static boolean hasReached(Transport transport, ConnectionPhase phase) {
    return transport.phase().compareTo(phase) >= 0;
  }

  private final class Lines extends Handler {
    private final List<String> lines;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord record) {
      if (Thread.currentThread().getName().contains(clientId)) {
        lines.add(record.getMessage() + " " + record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
