package io.nnnco.nhub.stream.internal.transport.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.HostName;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/** The CONNECT command of SOCKS 5 (RFC 1928), with username and password (RFC 1929). */
final class Socks5 {
  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int LOGIN = 2;
  private static final int LOGIN_VERSION = 1;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  private final ProxyServer proxy;
  private final InputStream in;
  private final OutputStream out;

  Socks5(ProxyServer proxy, InputStream in, OutputStream out) {
    this.proxy = proxy;
    this.in = in;
    this.out = out;
  }

  void open(String host, int port) throws IOException {
    agreeOnLogin();
    send(request(host, port));
    requireVersion(VERSION);
    int reply = read();
    if (reply != 0) {
      throw refused(reply, host + ":" + port);
    }
    skipAddress();
  }

  private void agreeOnLogin() throws IOException {
    Secret password = proxy.password();
    send(
        password == null
            ? new byte[] {VERSION, 1, NO_LOGIN}
            : new byte[] {VERSION, 2, NO_LOGIN, LOGIN});
    requireVersion(VERSION);
    int method = read();
    if (method == LOGIN && password != null) {
      logIn(String.valueOf(proxy.username()).getBytes(UTF_8), password.reveal().getBytes(UTF_8));
    } else if (method == 0xFF || method == LOGIN) {
      throw unauthenticated(
          password == null
              ? Tunnel.name(proxy) + " requires a login"
              : Tunnel.name(proxy) + " accepts no login that this SDK supports");
    } else if (method != NO_LOGIN) {
      throw Tunnel.violation(proxy, "chose a login method that was not offered");
    }
  }

  private void logIn(byte[] username, byte[] password) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(LOGIN_VERSION);
    message.write(username.length);
    message.writeBytes(username);
    message.write(password.length);
    message.writeBytes(password);
    send(message.toByteArray());
    requireVersion(LOGIN_VERSION);
    if (read() != 0) {
      throw unauthenticated(Tunnel.name(proxy) + " refuses user " + proxy.username());
    }
  }

  private static byte[] request(String host, int port) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {VERSION, CONNECT, 0});
    if (HostName.isAddress(host)) {
      byte[] address = InetAddress.getByName(host).getAddress(); // It is one: nothing is looked up.
      message.write(address.length == 4 ? IPV4 : IPV6);
      message.writeBytes(address);
    } else {
      byte[] name = host.getBytes(UTF_8);
      if (name.length > 0xFF) {
        throw new IOException("SOCKS allows 255 bytes for a host name");
      }
      message.write(NAME);
      message.write(name.length);
      message.writeBytes(name);
    }
    message.write(port >> 8);
    message.write(port);
    return message.toByteArray();
  }

  /** The address from which the proxy connects, which is not needed. */
  private void skipAddress() throws IOException {
    read();
    int length =
        switch (read()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> read();
          default ->
              throw Tunnel.violation(proxy, "names an address type that SOCKS 5 does not define");
        };
    for (int i = 0; i < length + 2; i++) {
      read();
    }
  }

  private StreamException refused(int reply, String target) {
    String why =
        switch (reply) {
          case 1 -> "general failure";
          case 2 -> "not allowed by its rules";
          case 3 -> "network unreachable";
          case 4 -> "host unreachable";
          case 5 -> "connection refused";
          case 6 -> "time to live expired";
          case 7 -> "CONNECT not supported";
          case 8 -> "address type not supported";
          default -> "unassigned";
        };
    String said = "SOCKS reply " + reply + ", " + why + ".";
    return reply == 2 || reply == 7 || reply == 8
        ? new ProxyException(
            StreamErrorCode.PROXY_REFUSED,
            ConnectionPhase.PROXY,
            Tunnel.name(proxy) + " refuses a tunnel to " + target + ": " + said,
            null)
        : new ProxyException(
            StreamErrorCode.PROXY_TUNNEL,
            ConnectionPhase.PROXY,
            Tunnel.name(proxy) + " cannot reach " + target + ": " + said,
            null);
  }

  private static ProxyException unauthenticated(String problem) {
    return new ProxyException(
        StreamErrorCode.PROXY_AUTHENTICATION, ConnectionPhase.PROXY, problem + ".", null);
  }

  private void requireVersion(int version) throws IOException {
    if (read() != version) {
      throw Tunnel.violation(proxy, "does not speak SOCKS 5");
    }
  }

  private int read() throws IOException {
    return Tunnel.readByte(proxy, in);
  }

  private void send(byte[] message) throws IOException {
    out.write(message);
    out.flush();
  }
}
