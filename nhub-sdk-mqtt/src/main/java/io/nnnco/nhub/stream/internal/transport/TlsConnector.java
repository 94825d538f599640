package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.internal.HostName;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.internal.transport.proxy.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens the TLS connection on which both engines speak MQTT: TLS 1.2 or 1.3, with the host name
 * verified and only the credentials' trust anchors trusted; through a proxy, if the request names
 * one. Blocks; {@link #close()} from another thread ends it in every phase but DNS, whose result is
 * then ignored.
 */
public final class TlsConnector {
  /** An address that does not respond must not use up the time of the next. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ConnectRequest request;
  private final Duration patience;
  private final Consumer<ConnectionPhase> phases;
  private volatile ConnectionPhase phase = ConnectionPhase.PREPARE;
  private volatile boolean closed;
  private volatile @Nullable LastWordSocket tcp;
  private volatile boolean certificateShown;
  private volatile boolean responded;

  /**
   * A connector for one attempt.
   *
   * @param phases told of each phase that begins, up to TLS
   */
  public TlsConnector(ConnectRequest request, Consumer<ConnectionPhase> phases) {
    this(request, PATIENCE, phases);
  }

  /** A connector with a time limit for each address but the last. */
  TlsConnector(ConnectRequest request, Duration patience, Consumer<ConnectionPhase> phases) {
    this.request = request;
    this.patience = patience;
    this.phases = phases;
  }

  /** How far it has got. */
  public ConnectionPhase phase() {
    return phase;
  }

  private void enter(ConnectionPhase next) {
    phase = next;
    phases.accept(next);
  }

  /** Connects, trying each address of the host in turn. */
  public SSLSocket connect() throws IOException {
    ProxyServer proxy = request.proxy();
    LastWordSocket socket =
        proxy == null ? open(request.host(), request.port()) : openThrough(proxy);
    enter(ConnectionPhase.TLS);
    socket.setPatient(true);
    SSLSocket tls =
        (SSLSocket)
            request
                .credentials()
                .sslContext()
                .getSocketFactory()
                .createSocket(socket, name(), request.port(), true);
    tls.setSSLParameters(parameters(tls));
    tls.startHandshake();
    certificateShown = tls.getSession().getLocalCertificates() != null;
    return tls;
  }

  /** The server has responded: from now on, failed writes are reported. */
  public void responded() {
    responded = true;
    LastWordSocket socket = tcp;
    if (socket != null) {
      socket.setPatient(false);
    }
  }

  /** The typed error of this attempt. */
  public StreamException failure(ConnectionPhase at, Throwable error) {
    return IoErrors.of(at, request, certificateShown && !responded, error);
  }

  /** Ends the sending half of the TCP connection; what was sent before still arrives. */
  public void shutdownOutput() throws IOException {
    Socket socket = tcp;
    if (socket != null) {
      socket.shutdownOutput();
    }
  }

  /** Closes the TCP connection, which ends any call that blocks on it. */
  public void close() {
    closed = true;
    closeQuietly(tcp);
  }

  /** A connection that ends at the bridge, whose name only the proxy looks up. */
  private LastWordSocket openThrough(ProxyServer proxy) throws IOException {
    LastWordSocket socket;
    try {
      socket = open(proxy.host(), proxy.port());
    } catch (IOException e) {
      throw new ProxyException(
          StreamErrorCode.PROXY_UNREACHABLE,
          phase,
          "No connection to the proxy " + proxy.host() + ":" + proxy.port() + ".",
          e);
    }
    enter(ConnectionPhase.PROXY);
    Tunnel.open(proxy, socket, name(), request.port());
    return socket;
  }

  private LastWordSocket open(String host, int port) throws IOException {
    enter(ConnectionPhase.DNS);
    InetAddress[] addresses = lookUp(host);
    enter(ConnectionPhase.TCP);
    return openFirst(addresses, port);
  }

  /** A dot at the end keeps DNS from adding domains; a hosts file does not know of it. */
  private static InetAddress[] lookUp(String host) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      String relative = HostName.withoutDot(host);
      if (relative.equals(host)) {
        throw e;
      }
      return InetAddress.getAllByName(relative);
    }
  }

  LastWordSocket openFirst(InetAddress[] addresses, int port) throws IOException {
    IOException failure = new IOException("The host has no address");
    for (int i = 0; i < addresses.length; i++) {
      boolean last = i + 1 == addresses.length;
      // Else the JDK might add a proxy of its own, from the system property socksProxyHost.
      LastWordSocket socket =
          request.proxy() == null ? new LastWordSocket() : new LastWordSocket(Proxy.NO_PROXY);
      tcp = socket;
      if (closed) {
        socket.close();
      }
      try {
        socket.setTcpNoDelay(true);
        socket.connect(
            new InetSocketAddress(addresses[i], port), last ? 0 : (int) patience.toMillis());
        return socket;
      } catch (IOException e) {
        closeQuietly(socket);
        failure = e;
      }
    }
    throw failure;
  }

  private SSLParameters parameters(SSLSocket tls) {
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setCipherSuites(StrongAlgorithms.suites(tls.getEnabledCipherSuites()));
    parameters.setAlgorithmConstraints(new StrongAlgorithms());
    String name = name();
    if (name.indexOf('_') < 0) {
      // In addition to the check by the credentials' context.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (HostName.isServerName(name)) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    return parameters;
  }

  /** The dot that ends a name in DNS is not part of it in SNI (RFC 6066) or in a certificate. */
  private String name() {
    return HostName.withoutDot(request.host());
  }

  private static void closeQuietly(@Nullable Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // Nothing is lost: it was to be discarded.
      }
    }
  }
}
