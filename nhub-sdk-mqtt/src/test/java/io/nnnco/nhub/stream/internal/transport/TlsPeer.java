package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A server that shakes hands as a test has it, and reads a byte; a proxy first, if asked as one.
 */
final class TlsPeer implements AutoCloseable {
  private final ServerSocket server;
  private final SSLContext context;
  private final Consumer<SSLSocket> setUp;
  private volatile boolean resets;
  private volatile boolean proxy;

  /** The session of the first handshake that is through. */
  final CompletableFuture<SSLSocket> connected = new CompletableFuture<>();

  TlsPeer(Certifier.Held identity, Consumer<SSLSocket> setUp, X509Certificate... clientCas) {
    this.setUp = setUp;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
      context = context(identity, clientCas);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    daemon(this::acceptAll);
  }

  /** Resets each connection after the handshake and a byte. */
  TlsPeer resetting() {
    resets = true;
    return this;
  }

  /** Is asked as a proxy first, and is the server behind it as well. */
  TlsPeer behindAProxy() {
    proxy = true;
    return this;
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket tcp = server.accept();
        daemon(() -> serve(tcp));
      } catch (IOException e) {
        // Closed; the loop ends.
      }
    }
  }

  private void serve(Socket tcp) {
    try (tcp) {
      tcp.setSoTimeout((int) SOON.toMillis());
      if (proxy) {
        openTunnel(tcp);
      }
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(tcp, null, tcp.getPort(), false);
      tls.setUseClientMode(false);
      setUp.accept(tls);
      tls.startHandshake();
      connected.complete(tls);
      tls.getInputStream().read();
      if (resets) {
        tcp.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // The client thought better of it.
    }
  }

  private static void openTunnel(Socket tcp) throws IOException {
    StringBuilder header = new StringBuilder();
    while (header.indexOf("\r\n\r\n") < 0) {
      header.append((char) tcp.getInputStream().read());
    }
    tcp.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLContext context(Certifier.Held identity, X509Certificate... clientCas)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient(clientCas)}, null);
    return context;
  }

  /** Names CAs, and lets in whoever shows a certificate. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record AnyClient(X509Certificate... named) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return named;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tls-peer");
    thread.setDaemon(true);
    thread.start();
  }
}
