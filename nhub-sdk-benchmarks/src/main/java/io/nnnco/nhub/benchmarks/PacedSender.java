package io.nnnco.nhub.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * Sends messages at a fixed rate, however slow the receiver is, each with the time at which it was
 * due. A window that is full delays messages and not their due times.
 *
 * <p>Argument: the folder of the certificates. It prints its port. For each receiver, it reads a
 * line of the rate per second, the seconds of warm-up and the seconds that count; prints {@link
 * #MEASURE} before the first message that counts, and {@link #DONE} after the last acknowledgement;
 * and keeps the connection until the next line comes.
 */
final class PacedSender extends Bridge {
  static final String MEASURE = "measure";
  static final String DONE = "done";

  private static final BufferedReader ORDERS =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private static final long FULL_WINDOW_NANOS = 100_000;

  private static String next = "";

  private final int rate;
  private final int warmUp;
  private long start;

  private PacedSender(SSLSocket socket, int rate, int warmUp, int seconds) throws IOException {
    super(socket, rate * (warmUp + seconds));
    this.rate = rate;
    this.warmUp = rate * warmUp;
  }

  public static void main(String[] args) throws Exception {
    serve(Path.of(args[0]), PacedSender::ordered);
  }

  private static PacedSender ordered(SSLSocket socket) throws IOException {
    if (next.isEmpty()) {
      readOrder();
    }
    String[] order = next.split(" ", -1);
    return new PacedSender(
        socket, Integer.parseInt(order[0]), Integer.parseInt(order[1]), Integer.parseInt(order[2]));
  }

  @Override
  void publish(Uplinks uplinks) throws IOException {
    start = System.nanoTime();
    publish(uplinks, 0, warmUp);
    System.out.println(MEASURE);
    publish(uplinks, warmUp, messages());
  }

  private void publish(Uplinks uplinks, int from, int to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    for (int sent = from; sent < to; ) {
      int due = Math.min(to, dueBy(System.nanoTime())) - sent;
      int room = Math.min(due, room(sent));
      if (room <= 0) {
        LockSupport.parkNanos(due > 0 ? FULL_WINDOW_NANOS : due(sent) - System.nanoTime());
        continue;
      }
      buffer.clear();
      for (int i = 0; i < room && buffer.remaining() >= Uplinks.LARGEST_PACKET; i++) {
        uplinks.put(buffer, sent % 65_535 + 1, due(sent));
        sent++;
      }
      write(buffer.array(), buffer.position());
    }
  }

  /** When a message is due, by {@link System#nanoTime()}. */
  private long due(int message) {
    return start + message * 1_000_000_000L / rate;
  }

  /** How many messages are due by now. */
  private int dueBy(long now) {
    return (int) ((now - start) * rate / 1_000_000_000L) + 1;
  }

  @Override
  void pinged() throws IOException {
    write(new byte[] {(byte) 0xD0, 0});
  }

  /** Returns, so that the connection ends, when the driver has taken its figures. */
  @Override
  void done(long nanos) throws IOException {
    System.out.println(DONE);
    readOrder();
  }

  private static void readOrder() throws IOException {
    String line = ORDERS.readLine();
    if (line == null) {
      System.exit(0);
    }
    next = line;
  }
}
