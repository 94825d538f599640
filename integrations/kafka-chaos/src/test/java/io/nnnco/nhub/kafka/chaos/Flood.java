package io.nnnco.nhub.kafka.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Publishes the messages of a fleet with QoS 1, in bare MQTT 3.1.1, in which a client can have more
 * than one message on its way.
 */
final class Flood {
  private static final int ON_THEIR_WAY = 1_000;
  private static final int CONNACK_BYTES = 4;
  private static final int PUBACK_BYTES = 4;
  private static final int PUBLISH_QOS_1 = 0x32;

  private final Fleet fleet;
  private final int port;
  private final IntSupplier limit;
  private final Semaphore room = new Semaphore(ON_THEIR_WAY);

  private Flood(Fleet fleet, int port, IntSupplier limit) {
    this.fleet = fleet;
    this.port = port;
    this.limit = limit;
  }

  /**
   * Completes when the server has acknowledged every message.
   *
   * @param limit how many may have been sent by now
   */
  static CompletableFuture<Void> start(Fleet fleet, int port, IntSupplier limit) {
    Flood flood = new Flood(fleet, port, limit);
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                flood.run();
                done.complete(null);
              } catch (IOException | InterruptedException e) {
                done.completeExceptionally(e);
              }
            },
            "flood");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private void run() throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 65_536));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      out.write(connect());
      out.flush();
      in.readFully(new byte[CONNACK_BYTES]);
      Thread acknowledgements = new Thread(() -> count(in), "flood-acks");
      acknowledgements.setDaemon(true);
      acknowledgements.start();
      for (int i = 0; i < fleet.messages(); i++) {
        awaitTurn(out, i);
        publish(out, i);
      }
      out.flush();
      room.acquire(ON_THEIR_WAY);
    }
  }

  private void awaitTurn(DataOutputStream out, int sent) throws IOException, InterruptedException {
    while (sent >= limit.getAsInt()) {
      out.flush();
      LockSupport.parkNanos(1_000_000);
    }
    if (!room.tryAcquire()) {
      out.flush();
      room.acquire();
    }
  }

  private void count(DataInputStream in) {
    try {
      byte[] acknowledgement = new byte[PUBACK_BYTES];
      while (true) {
        in.readFully(acknowledgement);
        room.release();
      }
    } catch (IOException e) {
      // The end, or a connection that has broken: then there is never room for all again.
    }
  }

  private void publish(DataOutputStream out, int index) throws IOException {
    int device = index % fleet.devices();
    byte[] topic = Fleet.topic(device).getBytes(UTF_8);
    byte[] payload = Fleet.payload(device, index / fleet.devices());
    out.write(PUBLISH_QOS_1);
    int length = 2 + topic.length + 2 + payload.length;
    out.write(length % 128 | 128); // It is longer than 127 and shorter than 16,384.
    out.write(length / 128);
    out.writeShort(topic.length);
    out.write(topic);
    out.writeShort(index % 65_535 + 1);
    out.write(payload);
  }

  private static byte[] connect() {
    byte[] id = "flood".getBytes(UTF_8);
    byte[] packet = new byte[14 + id.length];
    byte[] head = {0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 0};
    head[13] = (byte) id.length;
    System.arraycopy(head, 0, packet, 0, head.length);
    System.arraycopy(id, 0, packet, head.length, id.length);
    return packet;
  }
}
