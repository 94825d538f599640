package io.nnnco.nhub.management.internal;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that read only a limited number of bytes after the last write, that is, of one response.
 * OkHttp limits a response's head, and we its body, but the line with a chunk's length may go on
 * for ever.
 */
final class BoundedSockets extends SocketFactory {
  private final long limit;

  BoundedSockets(long limit) {
    this.limit = limit;
  }

  /** Ends the reading of a connection. */
  static final class LimitReachedException extends IOException {
    private static final long serialVersionUID = 1L;

    LimitReachedException() {
      super("More bytes arrived than any response has.");
    }

    static boolean isBehind(@Nullable Throwable error) {
      for (Throwable t = error; t != null; t = t.getCause()) {
        if (t instanceof LimitReachedException) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public Socket createSocket() {
    return new Bounded(limit);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(null, new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(null, new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
  }

  private Socket connected(@Nullable SocketAddress local, SocketAddress remote) throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(local);
      socket.connect(remote);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class Bounded extends Socket {
    private final long limit;
    private final AtomicLong left;

    Bounded(long limit) {
      this.limit = limit;
      this.left = new AtomicLong(limit);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int value = super.read();
          count(value < 0 ? 0 : 1);
          return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = super.read(bytes, offset, length);
          count(Math.max(0, read));
          return read;
        }
      };
    }

    private void count(int read) throws IOException {
      if (left.addAndGet(-read) < 0) {
        throw new LimitReachedException();
      }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int value) throws IOException {
          left.set(limit);
          out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          left.set(limit);
          out.write(bytes, offset, length); // In one piece, unlike the superclass.
        }
      };
    }
  }
}
