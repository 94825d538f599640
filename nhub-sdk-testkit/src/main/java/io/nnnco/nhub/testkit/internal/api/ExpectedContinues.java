package io.nnnco.nhub.testkit.internal.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ServerSocketFactory;

/**
 * Notices {@code Expect: 100-continue} in what a connection's thread reads, since MockWebServer
 * does not say before it has read the body. Over https, the client waits a second by itself and
 * goes on.
 */
final class ExpectedContinues extends ServerSocketFactory {
  private static final String EXPECTATION = "100-continue";

  private final ThreadLocal<Boolean> expected = ThreadLocal.withInitial(() -> false);

  /** Whether the request whose headers this thread has read expects it; forgets it. */
  boolean take() {
    boolean taken = expected.get();
    expected.set(false);
    return taken;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        Socket socket = new NoticingSocket();
        implAccept(socket);
        return socket;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, java.net.InetAddress address) {
    throw new UnsupportedOperationException();
  }

  private final class NoticingSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = super.read(bytes, offset, length);
          if (count > 0 && announces(new String(bytes, offset, count, StandardCharsets.US_ASCII))) {
            expected.set(true);
          }
          return count;
        }
      };
    }
  }

  /** Headers that end here: the body has not come with them. */
  private static boolean announces(String read) {
    return read.endsWith("\r\n\r\n") && read.toLowerCase(Locale.ROOT).contains(EXPECTATION);
  }
}
