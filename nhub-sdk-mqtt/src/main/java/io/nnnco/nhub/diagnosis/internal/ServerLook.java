package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.internal.HostName;
import io.nnnco.nhub.stream.internal.transport.proxy.Tunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows to anybody: its certificates, or what it says instead of TLS. The handshake
 * ends there, so nothing is ever sent over a connection that is not trusted.
 *
 * @param chain the certificates, the server's own first; empty if it showed none
 * @param greeting the first bytes that it sent, as text
 * @param error why there are no certificates; null if there are, or time ran out
 */
record ServerLook(List<X509Certificate> chain, String greeting, @Nullable IOException error) {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  static ServerLook at(Evidence evidence) {
    Case subject = evidence.subject();
    FirstBytesSocket socket =
        subject.proxy() == null ? new FirstBytesSocket() : new FirstBytesSocket(Proxy.NO_PROXY);
    ShownChain shown = new ShownChain();
    IOException error = null;
    try {
      evidence.background().call(() -> shakeHands(evidence, socket, shown), evidence.left(LIMIT));
    } catch (ExecutionException e) {
      error = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (TimeoutException e) {
      // The server is silent.
    } finally {
      socket.closeQuietly();
    }
    List<X509Certificate> chain = shown.certificates();
    return new ServerLook(chain, socket.firstBytes(), chain.isEmpty() ? error : null);
  }

  private static boolean shakeHands(Evidence evidence, FirstBytesSocket socket, ShownChain shown)
      throws IOException, GeneralSecurityException {
    Case subject = evidence.subject();
    socket.connect(
        new InetSocketAddress(evidence.addresses().get(0), subject.firstPort()),
        (int) LIMIT.toMillis());
    String name = HostName.withoutDot(subject.nhub().mqttHost());
    ProxyServer proxy = subject.proxy();
    if (proxy != null) {
      Tunnel.open(proxy, socket, name, subject.nhub().mqttPort());
    }
    socket.startRecording();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {shown}, null);
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, name, subject.nhub().mqttPort(), true);
    if (HostName.isServerName(name)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      tls.setSSLParameters(parameters);
    }
    tls.startHandshake(); // Never ends well: ShownChain trusts nothing.
    return true;
  }

  boolean isSelfSigned() {
    return chain.size() == 1
        && chain.get(0).getSubjectX500Principal().equals(chain.get(0).getIssuerX500Principal());
  }

  boolean isHttp() {
    return greeting.startsWith("HTTP/");
  }

  /** The types of TLS records are 20 to 24. */
  boolean isPlainText() {
    return !greeting.isEmpty() && (greeting.charAt(0) < 20 || greeting.charAt(0) > 24);
  }
}
