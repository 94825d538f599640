package io.nnnco.nhub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A port before another port, whose connections a test can break. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean holdNext = new AtomicBoolean();
  private final AtomicInteger serving = new AtomicInteger();
  private volatile byte @Nullable [] answer;

  Relay(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Resets every connection; new ones are taken as before. */
  void cut() {
    List<Socket> standing = List.copyOf(sockets);
    sockets.removeAll(standing); // One that is added meanwhile belongs to the next cut.
    standing.forEach(Relay::reset);
  }

  /** Answers new connections so, in the place of the server behind, which none of them reaches. */
  void answerWith(byte[] bytes) {
    answer = bytes.clone();
  }

  /** Lets new connections through again. */
  void letThrough() {
    answer = null;
  }

  /**
   * Holds back what the next client says after its greeting, until {@link #release}; the client may
   * be gone by then. With TLS 1.3 it takes its handshake for done meanwhile.
   */
  void holdNext() {
    holdNext.set(true);
  }

  /** Lets arrive what was held back. */
  void release() {
    release.countDown();
  }

  /** Waits until the server behind has ended all connections but so many, and knows of the end. */
  void awaitConnections(int left) {
    Eventually.isTrue(left + " connections are left", () -> serving.get() == left);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        serving.incrementAndGet();
        daemon(() -> serve(client));
      } catch (IOException e) {
        // Closed; the loop ends.
      }
    }
  }

  private void serve(Socket client) {
    byte[] instead = answer;
    try {
      if (instead != null) {
        client.getInputStream().read(new byte[8_192]);
        client.getOutputStream().write(instead);
        client.close();
        return;
      }
      Socket behind = new Socket("localhost", target);
      sockets.add(behind);
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      boolean late = holdNext.getAndSet(false);
      daemon(late ? () -> pumpLate(client, behind) : () -> pump(client, behind));
      pump(behind, client);
    } catch (IOException e) {
      reset(client); // Nothing listens behind.
    } finally {
      serving.decrementAndGet();
    }
  }

  private void pumpLate(Socket from, Socket to) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      byte[] greeting = new byte[16 * 1024];
      to.getOutputStream().write(greeting, 0, from.getInputStream().read(greeting));
      from.getInputStream().transferTo(rest);
    } catch (IOException e) {
      // The client is gone; what it has said is still to arrive.
    }
    try {
      release.await();
      to.getOutputStream().write(rest.toByteArray());
    } catch (IOException e) {
      // The server has not waited for it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One direction is over; what is under way in the other is still to arrive.
    }
    try {
      to.shutdownOutput();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      // It has just been closed by the other thread.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
