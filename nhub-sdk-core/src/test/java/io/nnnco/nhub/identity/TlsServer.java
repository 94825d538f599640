package io.nnnco.nhub.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Takes one TLS connection on loopback, and tells which client certificates it was shown. */
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket server;
  private final CompletableFuture<List<X509Certificate>> shown;

  /** A server that asks for a client certificate, and checks it as {@code clientTrust} does. */
  TlsServer(TestPki.Held identity, List<X509Certificate> chain, TrustManager clientTrust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers(identity, chain).getKeyManagers(), new TrustManager[] {clientTrust}, null);
      server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
    shown = new CompletableFuture<>();
    Thread thread = new Thread(this::acceptOne, "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Connects, checks the host name, exchanges a byte, and gives the protocol. */
  String connect(SSLContext context, String host, String protocol) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(host, server.getLocalPort())) {
      socket.setSoTimeout(60_000);
      var parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write(1);
      if (socket.getInputStream().read() != 2) {
        throw new IOException("closed by the server");
      }
      return socket.getSession().getProtocol();
    }
  }

  /** What the client presented; empty for nothing. */
  List<X509Certificate> shown() throws Exception {
    return shown.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Checks as a real server would, and names {@code trusted} as the issuers it likes. */
  static TrustManager trusting(X509Certificate trusted) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", trusted);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checks as another does, but names these issuers. */
  static TrustManager naming(TrustManager checks, X509Certificate... issuers) {
    return new NamingTrustManager((X509TrustManager) checks, issuers);
  }

  private void acceptOne() {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.setSoTimeout(60_000);
      socket.setNeedClientAuth(true);
      socket.getInputStream().read();
      shown.complete(
          List.of(socket.getSession().getPeerCertificates()).stream()
              .map(X509Certificate.class::cast)
              .toList());
      socket.getOutputStream().write(2);
    } catch (IOException e) {
      shown.completeExceptionally(e);
    }
  }

  private static KeyManagerFactory keyManagers(TestPki.Held identity, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", identity.key(), new char[0], chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, new char[0]);
    return factory;
  }

  private static final class NamingTrustManager extends X509ExtendedTrustManager {
    private final X509TrustManager checks;
    private final X509Certificate[] issuers;

    NamingTrustManager(X509TrustManager checks, X509Certificate... issuers) {
      this.checks = checks;
      this.issuers = issuers;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checks.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checks.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      checks.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return issuers.clone();
    }
  }
}
