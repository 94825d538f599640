package io.nnnco.nhub.stream.internal.transport.proxy;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ProxyException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Asks a proxy for a tunnel. */
public final class Tunnel {
  private Tunnel() {}

  /**
   * Asks, and waits for the response; does not read a byte beyond it. Closing the socket ends the
   * wait.
   *
   * @param socket connected to the proxy
   * @param host the bridge's host, which the proxy resolves
   * @param port the bridge's port
   */
  public static void open(ProxyServer proxy, Socket socket, String host, int port)
      throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    switch (proxy.kind()) {
      case HTTP -> new HttpConnect(proxy, in, out).open(host, port);
      case SOCKS5 -> new Socks5(proxy, in, out).open(host, port);
    }
  }

  /** Such as {@code The proxy proxy.example.com:3128}. */
  static String name(ProxyServer proxy) {
    return "The proxy " + proxy.host() + ":" + proxy.port();
  }

  static int readByte(ProxyServer proxy, InputStream in) throws IOException {
    int value = in.read();
    if (value < 0) {
      throw violation(proxy, "closed the connection before it responded");
    }
    return value;
  }

  static ProxyException violation(ProxyServer proxy, String what) {
    return new ProxyException(
        StreamErrorCode.PROXY_PROTOCOL,
        ConnectionPhase.PROXY,
        "The peer at " + proxy.host() + ":" + proxy.port() + " " + what + ".",
        null);
  }
}
