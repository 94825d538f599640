package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.Outbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket that Paho gets: already connected, with its TLS handshake complete, so that Paho does
 * none of the connecting. It records when bytes arrived and were sent. Instead of Paho's first
 * packet it sends a CONNECT of the SDK's, so that Paho never has a password.
 */
final class PahoSocket extends Socket implements Outbox.Line {
  /**
   * Only a server that reads nothing makes a packet take longer, and then the keep-alive ends it.
   */
  private static final long FLUSH_MILLIS = 60_000;

  private static final long LAST_MILLIS = 500;

  private final Socket socket;
  private final PahoInput input;
  private final OutputStream out;
  private final Outbox outbox;
  private final CountDownLatch written = new CountDownLatch(1);
  private final byte[] connect;
  private volatile @Nullable Thread sender;
  private volatile long lastWritten = System.nanoTime();
  private volatile Duration farewell = Duration.ZERO;
  private volatile boolean sawTheEnd;
  private volatile boolean endsOnPurpose;

  /**
   * A socket that Paho may have.
   *
   * @param connect the CONNECT to send
   * @param outbox an empty one, for everything that is sent
   */
  PahoSocket(Socket connected, PahoInput.Filter filter, byte[] connect, Outbox outbox)
      throws IOException {
    this.connect = connect;
    this.socket = connected;
    this.input = new PahoInput(connected.getInputStream(), filter, written);
    this.out = connected.getOutputStream();
    this.outbox = outbox;
  }

  /** Sends what waits, and all that comes, until the socket is closed. */
  void startSending() {
    outbox.sendTo(this);
  }

  long lastRead() {
    return input.lastRead();
  }

  long lastWritten() {
    return lastWritten;
  }

  boolean reading() {
    return input.reading();
  }

  void setReading(boolean reading) {
    input.setReading(reading);
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return new Output();
  }

  @Override
  public long quietNanos() {
    return input.quietNanos();
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    out.flush();
    lastWritten = System.nanoTime();
  }

  /** Sends a PUBACK beside Paho, which would flush each one; false if it will not leave. */
  boolean acknowledge(int packetId, boolean lingers) {
    return outbox.puback(packetId, lingers);
  }

  /** Sends a packet that Paho does not know about. */
  void sendBeside(byte[] packet) {
    outbox.send(packet);
  }

  /** Sends the acknowledgements that wait. */
  void flushAcknowledgements(boolean here) {
    outbox.flush(here);
  }

  /**
   * Waits until Paho has started all its threads, which is when it first writes. A connection that
   * breaks before that leaves it waiting forever for a thread that has already ended.
   *
   * @return false if it did not happen in time
   */
  boolean awaitStarted(Duration timeout) throws InterruptedException {
    return written.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Wakes the thread on which Paho sends. Paho tells it to end and wakes it only once, which has no
   * effect if it is not waiting yet.
   */
  void wakeSender() {
    Thread sleeping = sender;
    if (sleeping != null) {
      sleeping.interrupt();
    }
  }

  /** Already connected. */
  @Override
  public void connect(SocketAddress endpoint, int timeout) {}

  /** A read that times out in the middle of a header makes Paho lose its place. */
  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public void shutdownInput() {}

  /**
   * Sends the DISCONNECT and closes, as soon as the server has closed, which it does when it has
   * read that.
   *
   * @param patience how long to wait for the server at most
   */
  void leave(byte[] disconnect, Duration patience) throws IOException {
    end();
    farewell = patience;
    outbox.finish(disconnect);
    close();
  }

  /** This side ends the connection from now on: what Paho makes of that is no news. */
  void end() {
    endsOnPurpose = true;
  }

  /** Whether this side has begun to end the connection; Paho closes one that breaks, too. */
  boolean endsOnPurpose() {
    return endsOnPurpose;
  }

  /** Whether the server has closed the connection properly. */
  boolean sawTheEnd() {
    return sawTheEnd;
  }

  @Override
  public synchronized void close() throws IOException {
    input.setReading(true);
    boolean ended = input.awaitEnd(farewell);
    // Else it may be the end that was made here, or one that the server made by itself.
    sawTheEnd |= ended && !socket.isClosed() && outbox.awaitFinished(LAST_MILLIS);
    outbox.close();
    socket.close();
  }

  /** Paho flushes after each packet, and may write a large one in pieces. */
  private final class Output extends OutputStream {
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private boolean greeted;

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (sender == null) {
        sender = Thread.currentThread();
        PahoLog.sendsOn(PahoSocket.this);
      }
      written.countDown();
      packet.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      byte[] whole = greeted ? packet.toByteArray() : connect;
      packet.reset();
      greeted = true;
      outbox.send(whole);
      try {
        outbox.awaitSent(FLUSH_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while a packet was sent");
      }
    }
  }
}
