package io.nnnco.nhub.stream.internal.transport;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that lets the client read the server's last words. With TLS 1.3, a client's handshake is
 * over before the server has verified its certificate: the server sends an alert and closes, and
 * the client's next write fails while the alert waits to be read. So from the handshake to the
 * server's first response, a failed write is not reported: the reader gets the alert, or the end.
 */
final class LastWordSocket extends Socket {
  private volatile boolean patient;
  private volatile @Nullable IOException broken;

  LastWordSocket() {}

  LastWordSocket(Proxy proxy) {
    super(proxy);
  }

  /** Whether failed writes are left to the reader. */
  void setPatient(boolean value) {
    patient = value;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Output(super.getOutputStream());
  }

  private final class Output extends FilterOutputStream {
    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      IOException before = broken;
      if (before == null) {
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          broken = e;
          before = e;
        }
      }
      if (before != null && !patient) {
        throw before;
      }
    }
  }
}
