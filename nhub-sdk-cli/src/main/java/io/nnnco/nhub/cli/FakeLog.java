package io.nnnco.nhub.cli;

import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.DropRecord;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.HandshakeRecord;
import io.nnnco.nhub.testkit.SubscribeRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One line per connect, subscription and refusal. Written by a thread of its own: if the reader
 * stops reading, lines are lost, but the fake never stalls.
 */
final class FakeLog implements AutoCloseable {
  private static final int WAITING_LINES = 10_000;

  private final Consumer<String> lines;
  private final Set<String> slow = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_LINES),
          task -> {
            Thread thread = new Thread(task, "nhub-fake-log");
            thread.setDaemon(true);
            return thread;
          },
          new DiscardPolicy());

  FakeLog(PrintWriter out) {
    this(
        line -> {
          out.println(line);
          out.flush();
        });
  }

  FakeLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void follow(FakeNHub fake) {
    fake.connects().follow(connect -> print(connect.at(), line(connect)));
    fake.subscriptions().follow(subscribe -> print(subscribe.at(), line(subscribe)));
    fake.drops().follow(this::dropped);
    fake.handshakeFailures().follow(failure -> print(failure.at(), line(failure)));
  }

  /** The first of each client; more would flood the log. */
  private void dropped(DropRecord drop) {
    if (slow.add(drop.clientId())) {
      print(
          drop.at(),
          "DROPPED    messages to " + drop.clientId() + ", which reads too slowly: too many wait");
    }
  }

  static String line(ConnectRecord connect) {
    String protocol = connect.protocolLevel() == 5 ? "5" : "3.1.1";
    String fingerprint = connect.certificateFingerprint();
    String by =
        fingerprint != null
            ? "certificate " + fingerprint.substring(0, 12)
            : connect.username() == null ? "nothing" : "user name " + connect.username();
    String outcome =
        connect.accepted()
            ? "connect    " + connect.clientId() + " to " + connect.enterprise()
            : "REFUSED    "
                + (connect.clientId().isEmpty() ? "a client" : connect.clientId())
                + " with "
                + hex(connect.reasonCode())
                + (connect.reason().isEmpty() ? "" : ", " + connect.reason());
    return outcome + " (MQTT " + protocol + ", by " + by + ")";
  }

  static String line(SubscribeRecord subscribe) {
    return subscribe.granted()
        ? "subscribe  "
            + subscribe.clientId()
            + " to "
            + subscribe.filter()
            + " with QoS "
            + subscribe.reasonCode()
        : "REFUSED    "
            + subscribe.clientId()
            + " subscription to "
            + subscribe.filter()
            + " with "
            + hex(subscribe.reasonCode());
  }

  /** As the guides and the SDK's messages write it. */
  private static String hex(int reasonCode) {
    return String.format("0x%02X", reasonCode);
  }

  static String line(HandshakeRecord failure) {
    return "REFUSED    TLS handshake, " + failure.reason();
  }

  private void print(Instant at, String line) {
    // A client chooses its id and filters: they must not write lines of their own.
    String text = at.truncatedTo(ChronoUnit.MILLIS) + "  " + PlainText.of(line);
    writer.execute(() -> lines.accept(text));
  }

  @Override
  public void close() {
    writer.shutdown();
  }
}
