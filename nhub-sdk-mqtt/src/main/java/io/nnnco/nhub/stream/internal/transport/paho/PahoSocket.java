package io.nnnco.nhub.stream.internal.transport.paho;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The socket that Paho is given: connected and through its TLS handshake already, so that no phase
 * of connecting is Paho's. It reads in large pieces, stops reading on request, notes when bytes
 * came and went, and keeps the first bytes, where a refused CONNECT has its reason.
 */
final class PahoSocket extends Socket {
  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final Input input;
  private final Output output;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile long lastRead = System.nanoTime();
  private volatile long lastWritten = System.nanoTime();

  PahoSocket(Socket connected) throws IOException {
    this.socket = connected;
    this.input = new Input(connected.getInputStream());
    this.output = new Output(connected.getOutputStream());
  }

  long lastRead() {
    return lastRead;
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

  byte[] firstBytes() {
    return input.firstBytes();
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  /**
   * Waits until Paho has started all its threads, which is when it first writes. A connection that
   * breaks before that leaves it waiting for ever for a thread that has ended already.
   *
   * @return false if it did not happen in time
   */
  boolean awaitStarted(Duration timeout) throws InterruptedException {
    return written.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Already connected. */
  @Override
  public void connect(SocketAddress endpoint, int timeout) {}

  /** A read that times out in the middle of a header makes Paho lose its place. */
  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public void shutdownInput() {}

  @Override
  public synchronized void close() throws IOException {
    input.setReading(true);
    socket.close();
  }

  /** Reads for one thread; the gate may be moved by any. */
  private final class Input extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final Gate gate = new Gate();
    private byte[] first = new byte[0];
    private int position;
    private int limit;

    Input(InputStream in) {
      this.in = in;
    }

    boolean reading() {
      return gate.isOpen();
    }

    void setReading(boolean reading) {
      gate.set(reading);
    }

    synchronized byte[] firstBytes() {
      return first.clone();
    }

    @Override
    public int available() throws IOException {
      return limit - position + in.available();
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, limit - position);
      System.arraycopy(buffer, position, target, offset, count);
      position += count;
      return count;
    }

    private boolean fill() throws IOException {
      awaitFirstWrite();
      gate.awaitOpen();
      if (position < limit) {
        return true;
      }
      int count = in.read(buffer, 0, BUFFER);
      if (count <= 0) {
        return false;
      }
      lastRead = System.nanoTime();
      position = 0;
      limit = count;
      keepFirst(count);
      return true;
    }

    private void awaitFirstWrite() throws InterruptedIOException {
      try {
        written.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted before anything was sent");
      }
    }

    private synchronized void keepFirst(int count) {
      if (first.length == 0) {
        first = Arrays.copyOf(buffer, Math.min(count, 1024));
      }
    }
  }

  private final class Output extends OutputStream {
    private final OutputStream out;

    Output(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      written.countDown();
      out.write(bytes, offset, length);
      lastWritten = System.nanoTime();
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
