package io.nnnco.nhub.stream.internal.transport.paho;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket that Paho is given: connected and through its TLS handshake already, so that no phase
 * of connecting is Paho's. It notes when bytes came and went.
 */
final class PahoSocket extends Socket {
  private final Socket socket;
  private final PahoInput input;
  private final Output output;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile @Nullable Thread sender;
  private volatile long lastWritten = System.nanoTime();

  PahoSocket(Socket connected, PahoInput.Filter filter) throws IOException {
    this.socket = connected;
    this.input = new PahoInput(connected.getInputStream(), filter, written);
    this.output = new Output(connected.getOutputStream());
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

  /**
   * Wakes the thread that Paho sends on. Paho tells it to end, and wakes it, once, which is in vain
   * where it has yet to fall asleep.
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

  @Override
  public synchronized void close() throws IOException {
    input.setReading(true);
    socket.close();
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
      if (sender == null) {
        sender = Thread.currentThread();
      }
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
