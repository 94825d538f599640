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

  /** Without the filter, about one end in six writes a stack trace. */
  @Test
  void manyConnections_thatThisSideEnds_writeNothingToTheLog() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger paho = Logger.getLogger("org.eclipse.paho.mqttv5");
    Handler handler = new Lines(lines);
    paho.addHandler(handler);
    try {
      for (int i = 0; i < 15; i++) {
        Transport transport = open(request().build(), new RecordingListener());
        eventually(
            () -> transport.phase() == ConnectionPhase.STREAM, () -> "" + transport.phase());
        if (i % 2 == 0) {
          transport.abort();
        } else {
          transport.disconnect(true);
        }
      }
      awaitNoThreads();
    } finally {
      paho.removeHandler(handler);
    }
    assertEquals(List.of(), lines);
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
