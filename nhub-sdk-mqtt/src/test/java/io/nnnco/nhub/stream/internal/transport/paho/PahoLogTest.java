package io.nnnco.nhub.stream.internal.transport.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.Outbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Paho's sending thread writes to {@code java.util.logging}; each test is such a thread. */
class PahoLogTest {
  private static final Logger SENDER =
      Logger.getLogger("org.eclipse.paho.mqttv5.client.internal.CommsSender");

  private final List<String> lines = new ArrayList<>();
  private final Handler handler = new Lines();

  @BeforeEach
  void listen() {
    SENDER.addHandler(handler);
    SENDER.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    SENDER.removeHandler(handler);
    SENDER.setUseParentHandlers(true);
  }

  @Test
  void sender_ofAConnectionThatThisSideAborts_isNotHeard() throws Exception {
    onPahosThread(
        connection -> {
          connection.end();
          connection.close();
        });
    assertEquals(List.of(), lines);
  }

  @Test
  void sender_ofAConnectionThatThisSideLeaves_isNotHeard() throws Exception {
    onPahosThread(connection -> connection.leave(new byte[] {(byte) 0xE0, 0}, Duration.ZERO));
    assertEquals(List.of(), lines);
  }

  @Test
  void sender_ofAConnectionThatStands_isHeard() throws Exception {
    onPahosThread(connection -> {});
    assertEquals(List.of("exception"), lines);
  }

  @Test
  void sender_ofAConnectionThatPahoClosesAsItBroke_isHeard() throws Exception {
    onPahosThread(PahoSocket::close);
    assertEquals(List.of("exception"), lines);
  }

  @Test
  void sender_ofAnotherClient_isHeardAtTheEndOfAConnectionOfOurs() throws Exception {
    PahoSocket ours = connection();
    ours.end();
    onPahosThread(connection -> {});
    Thread another = new Thread(() -> SENDER.log(Level.SEVERE, "another's"));
    another.start();
    another.join();
    assertEquals(List.of("exception", "another's"), lines);
  }

  /** As Paho does it: a thread that sends, and logs what it runs into. */
  private static void onPahosThread(Ending ending) throws Exception {
    PahoSocket connection = connection();
    Thread sender =
        new Thread(
            () -> {
              try {
                connection.getOutputStream().write(0);
                ending.of(connection);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              SENDER.log(Level.SEVERE, "exception", new IOException("Socket closed"));
            },
            "MQTT Snd: test");
    sender.start();
    sender.join();
  }

  private interface Ending {
    void of(PahoSocket connection) throws IOException;
  }

  private static PahoSocket connection() throws IOException {
    return new PahoSocket(
        new SocketInMemory(),
        new NothingIsFiltered(),
        new byte[0],
        new Outbox(Runnable::run, new VirtualTime(), error -> {}));
  }

  private static final class SocketInMemory extends Socket {
    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
      return new ByteArrayOutputStream();
    }
  }

  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord record) {
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
