package io.nnnco.nhub.stream.internal.transport;

import static io.nnnco.nhub.Eventually.SOON;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A TLS server that says exactly what a test tells it to, byte by byte: for what {@code FakeNHub},
 * which is a good broker, never does.
 */
final class RawBroker implements AutoCloseable {
  private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Raw CA");
  private static final SSLContext SERVER = serverContext(AUTHORITY.issueServer());

  private final ServerSocket server;
  private final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  RawBroker() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Credentials that trust this broker, which checks none. */
  static Credentials credentials() {
    return UsernamePassword.of("svc-test", Secret.of("open sesame"), pem());
  }

  /** The next connection that is through its TLS handshake. */
  Peer accept() {
    try {
      Peer peer = accepted.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (peer == null) {
        throw new AssertionError("Nobody has connected");
      }
      return peer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket tcp = server.accept();
        daemon(() -> shakeHands(tcp));
      } catch (IOException e) {
        // Closed; the loop ends.
      }
    }
  }

  private void shakeHands(Socket tcp) {
    try {
      SSLSocket tls =
          (SSLSocket) SERVER.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
      tls.setUseClientMode(false);
      tls.setSoTimeout((int) SOON.toMillis());
      tls.startHandshake();
      Peer peer = new Peer(tcp, tls);
      peers.add(peer);
      accepted.add(peer);
      if (server.isClosed()) { // Meanwhile: nobody else would end it.
        peer.reset();
      }
    } catch (IOException e) {
      // The client thought better of it.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    peers.forEach(Peer::reset);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-broker");
    thread.setDaemon(true);
    thread.start();
  }

  private static String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(AUTHORITY.certificate().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext serverContext(KeyedCertificate keyed) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain = {keyed.certificate(), keyed.authority()};
      store.setKeyEntry("server", keyed.key(), new char[0], chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
