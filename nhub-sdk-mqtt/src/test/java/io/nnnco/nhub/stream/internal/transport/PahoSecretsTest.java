package io.nnnco.nhub.stream.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** Paho logs each packet that it sends, byte by byte, the password in a CONNECT included. */
class PahoSecretsTest extends FaultsFixture {
  private static final byte[] TOKEN = "open sesame".getBytes(UTF_8);

  PahoSecretsTest() {
    super(Engine.PAHO);
  }

  @Test
  void connect_whenPahoLogsEverything_tellsThePasswordToTheBridgeOnly() {
    Logger paho = Logger.getLogger("org.eclipse.paho.mqttv5");
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = new Lines(lines);
    paho.addHandler(handler);
    paho.setLevel(Level.ALL);
    paho.setUseParentHandlers(false);
    try {
      open(request().build());
      Peer peer = broker.accept();
      Peer.Packet connect = peer.expect(Wire.CONNECT);
      assertArrayEndsWith(TOKEN, connect.body());
      peer.send(Wire.connack(0));
      peer.grant();
      listener.awaitSubscribed();
    } finally {
      paho.removeHandler(handler);
      paho.setLevel(null);
      paho.setUseParentHandlers(true);
    }
    assertFalse(lines.isEmpty());
    String bytes = Arrays.toString(TOKEN).replaceAll("[\\[\\]]", "");
    assertEquals(
        List.of(),
        lines.stream()
            .filter(line -> line.contains(bytes) || line.contains("open sesame"))
            .toList());
  }

  private static void assertArrayEndsWith(byte[] end, byte[] bytes) {
    assertTrue(
        Arrays.equals(end, Arrays.copyOfRange(bytes, bytes.length - end.length, bytes.length)));
  }

  private static final class Lines extends Handler {
    private final List<String> lines;

    Lines(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
