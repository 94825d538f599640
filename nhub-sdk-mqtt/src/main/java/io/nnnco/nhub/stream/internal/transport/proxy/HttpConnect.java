package io.nnnco.nhub.stream.internal.transport.proxy;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The CONNECT method of HTTP/1.1 (RFC 9110, section 9.3.6). */
final class HttpConnect {
  /** No proxy sends more; what does is not a proxy, or is hostile. */
  private static final int MAX_HEADER = 16 * 1024;

  private static final String START = "HTTP/1.";
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[0-9] ([2-5][0-9]{2})(?: (.*))?");
  private static final Pattern CHALLENGE =
      Pattern.compile("(?i)Proxy-Authenticate:[ \\t]*([A-Za-z0-9-]{1,40}).*");

  private final ProxyServer proxy;
  private final InputStream in;
  private final OutputStream out;

  HttpConnect(ProxyServer proxy, InputStream in, OutputStream out) {
    this.proxy = proxy;
    this.in = in;
    this.out = out;
  }

  void open(String host, int port) throws IOException {
    out.write(request(host, port).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    List<String> header = readHeader().lines().toList();
    Matcher status = STATUS_LINE.matcher(header.get(0));
    if (!status.matches()) {
      throw Tunnel.violation(proxy, "does not speak HTTP");
    }
    int code = Integer.parseInt(status.group(1));
    String said = "HTTP " + code + reason(status.group(2));
    if (code == 407 || code == 401) { // Tinyproxy sends 401 for a wrong login.
      throw unauthenticated(code, header);
    } else if (code >= 500 || code == 408 || code == 429) {
      throw new ProxyException(
          StreamErrorCode.PROXY_TUNNEL,
          ConnectionPhase.PROXY,
          Tunnel.name(proxy) + " cannot reach " + host + ":" + port + ": " + said + ".",
          null);
    } else if (code >= 300) {
      throw new ProxyException(
          StreamErrorCode.PROXY_REFUSED,
          ConnectionPhase.PROXY,
          Tunnel.name(proxy) + " refuses a tunnel to " + host + ":" + port + ": " + said + ".",
          null);
    }
  }

  private String request(String host, int port) {
    String target = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    Secret password = proxy.password();
    if (password != null) {
      byte[] login = (proxy.username() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
      request += "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(login) + "\r\n";
    }
    return request + "\r\n";
  }

  /** Byte by byte, because what follows the header does not come from the proxy. */
  private String readHeader() throws IOException {
    StringBuilder header = new StringBuilder();
    while (header.indexOf("\r\n\r\n", header.length() - 4) < 0
        && header.indexOf("\n\n", header.length() - 2) < 0) {
      char next = (char) Tunnel.readByte(proxy, in);
      if (header.length() < START.length() && next != START.charAt(header.length())) {
        throw Tunnel.violation(proxy, "does not speak HTTP");
      }
      header.append(next);
      if (header.length() > MAX_HEADER) {
        throw Tunnel.violation(proxy, "sends an endless header");
      }
    }
    return header.toString();
  }

  private ProxyException unauthenticated(int code, List<String> header) {
    String ways =
        header.stream()
            .map(CHALLENGE::matcher)
            .filter(Matcher::matches)
            .map(challenge -> challenge.group(1))
            .distinct()
            .collect(Collectors.collectingAndThen(Collectors.joining(", "), ForeignText::shown));
    String problem =
        proxy.username() == null
            ? Tunnel.name(proxy) + " requires a login"
            : Tunnel.name(proxy) + " refuses user " + proxy.username();
    return new ProxyException(
        StreamErrorCode.PROXY_AUTHENTICATION,
        ConnectionPhase.PROXY,
        problem + ": HTTP " + code + (ways.isEmpty() ? "" : ", which offers " + ways) + ".",
        null);
  }

  /** The proxy's reason phrase, which may repeat the login that it was sent. */
  private String reason(@Nullable String phrase) {
    return phrase == null || phrase.isBlank()
        ? ""
        : " " + ForeignText.without(proxy.password()).line(phrase);
  }
}
