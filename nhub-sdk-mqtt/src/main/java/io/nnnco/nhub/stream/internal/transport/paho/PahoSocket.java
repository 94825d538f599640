package io.nnnco.nhub.stream.internal.transport.paho;

import io.nnnco.nhub.stream.internal.transport.Outbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
   * @param writers for what is sent; may block until the connection ends
   * @param broken is told why nothing more can be written
   */
  PahoSocket(
      Socket connected,
      PahoInput.Filter filter,
      byte[] connect,
      Executor writers,
      Consumer<Throwable> broken)
      throws IOException {
    this.connect = connect;
    this.socket = connected;
    this.input = new PahoInput(connected.getInputStream(), filter, written);
    this.out = connected.getOutputStream();
    this.outbox = new Outbox(writers, broken);
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

  /** Sends a PUBACK beside Paho, which would flush each one. */
  void acknowledge(int packetId, boolean lingers) {
    outbox.puback(packetId, lingers);
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
   * From now on, {@link #close()} waits until the server has closed, which it does when it has read
   * the DISCONNECT.
   *
   * @param patience how long at most
   */
  void leave(Duration patience) {
    end();
    farewell = patience;
    input.setReading(true);
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
    sawTheEnd |= ended && !socket.isClosed(); // Else it may be the end that was made here.
    outbox.close();
    socket.close();
  }

  private final class Output extends OutputStream {
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
      if (greeted) {
        outbox.send(Arrays.copyOfRange(bytes, offset, offset + length));
      }
    }

    @Override
    public void flush() throws IOException {
      if (!greeted) {
        greeted = true;
        outbox.send(connect);
      }
      try {
        outbox.awaitSent(FLUSH_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while a packet was sent");
      }
    }
  }
}
