package io.nnnco.nhub.diagnosis.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/** A socket that keeps the first bytes which it has read. */
final class FirstBytesSocket extends Socket {
  private static final int KEPT = 60;

  private final StringBuilder first = new StringBuilder();
  private volatile boolean recording;

  /** By the JDK's way, which may be a proxy of its own. */
  FirstBytesSocket() {}

  FirstBytesSocket(Proxy proxy) {
    super(proxy);
  }

  void startRecording() {
    recording = true;
  }

  String firstBytes() {
    synchronized (first) {
      return first.toString();
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
          keep(new byte[] {(byte) value}, 0, 1);
        }
        return value;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        keep(bytes, offset, read);
        return read;
      }
    };
  }

  private void keep(byte[] bytes, int offset, int length) {
    synchronized (first) {
      int room = KEPT - first.length();
      if (recording && length > 0 && room > 0) {
        first.append(new String(bytes, offset, Math.min(length, room), ISO_8859_1));
      }
    }
  }

  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // It was to be discarded.
    }
  }
}
