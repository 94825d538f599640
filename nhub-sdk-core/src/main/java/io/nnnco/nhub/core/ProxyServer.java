package io.nnnco.nhub.core;

import io.nnnco.nhub.core.internal.HostName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way to N-Hub. The proxy resolves N-Hub's host name, so this machine need not be
 * able to. TLS runs through to N-Hub, so the proxy sees no message and no credentials other than
 * its own.
 *
 * <pre>{@code
 * ProxyServer.http("proxy.example.com", 3128).withLogin("svc-nhub", Secret.of(password))
 * }</pre>
 *
 * <p>Immutable. {@code toString} does not show the password.
 *
 * @param kind the proxy's protocol
 * @param host its name or address, resolved on this machine
 * @param port its port, 1 to 65,535
 * @param username the username for the proxy; null if it requires none
 * @param password the password for the proxy; null if it requires none
 */
public record ProxyServer(
    Kind kind, String host, int port, @Nullable String username, @Nullable Secret password) {
  private static final int MAX_SOCKS_TEXT = 255;

  /** The protocol of a proxy. */
  public enum Kind {
    /** HTTP with the method CONNECT (RFC 9110, section 9.3.6), and basic authentication. */
    HTTP,
    /** SOCKS version 5 (RFC 1928), with username and password (RFC 1929). */
    SOCKS5
  }

  /**
   * Creates a proxy.
   *
   * @param kind the proxy's protocol
   * @param host its name or address, resolved on this machine
   * @param port its port, 1 to 65,535
   * @param username the username for the proxy; null if it requires none
   * @param password the password for the proxy; null if it requires none
   * @throws IllegalArgumentException if host or port is not valid, if only one of username and
   *     password is given, or if the proxy's protocol cannot carry them
   */
  public ProxyServer {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(host, "host");
    HostName.require("the host of a proxy", host);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A port is from 1 to 65,535, not " + port + ".");
    }
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException("A login needs both a username and a password.");
    }
    if (username != null && password != null) {
      checkLogin(kind, username, password);
    }
  }

  private static void checkLogin(Kind kind, String username, Secret password) {
    if (username.isBlank() || username.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A proxy's username is blank or has control characters.");
    }
    if (kind == Kind.HTTP && username.indexOf(':') >= 0) {
      throw new IllegalArgumentException("Basic authentication allows no colon in a username.");
    }
    if (kind == Kind.SOCKS5 && (isTooLong(username) || isTooLong(password.reveal()))) {
      throw new IllegalArgumentException("SOCKS allows 255 bytes for username and password each.");
    }
  }

  private static boolean isTooLong(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKS_TEXT;
  }

  /**
   * Creates an HTTP proxy that allows CONNECT to N-Hub's ports.
   *
   * @param host its name or address
   * @param port its port, often 3128 or 8080
   * @return the proxy, without a login
   * @throws IllegalArgumentException if host or port is not valid
   */
  public static ProxyServer http(String host, int port) {
    return new ProxyServer(Kind.HTTP, host, port, null, null);
  }

  /**
   * Creates a SOCKS 5 proxy.
   *
   * @param host its name or address
   * @param port its port, often 1080
   * @return the proxy, without a login
   * @throws IllegalArgumentException if host or port is not valid
   */
  public static ProxyServer socks5(String host, int port) {
    return new ProxyServer(Kind.SOCKS5, host, port, null, null);
  }

  /**
   * Returns this proxy with a login. An HTTP proxy gets the password with the first request,
   * unencrypted, as basic authentication requires.
   *
   * @param user the username
   * @param secret the password
   * @return a copy with this login
   * @throws IllegalArgumentException if the proxy's protocol cannot carry them
   */
  public ProxyServer withLogin(String user, Secret secret) {
    return new ProxyServer(
        kind,
        host,
        port,
        Objects.requireNonNull(user, "user"),
        Objects.requireNonNull(secret, "secret"));
  }
}
