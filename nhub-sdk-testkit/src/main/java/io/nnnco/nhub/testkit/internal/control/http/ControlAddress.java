package io.nnnco.nhub.testkit.internal.control.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where a control API listens, and under which names callers may address it.
 *
 * @param bind the interface's address
 * @param port the port; 0 for any free one
 * @param names further host names and addresses of it, beside those of this machine; the first is
 *     the one to tell others
 */
public record ControlAddress(InetAddress bind, int port, List<String> names) {
  private static final Set<String> OF_THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The host of its URL. */
  String host() {
    if (!names.isEmpty()) {
      return bracketed(names.get(0));
    }
    return bind.isAnyLocalAddress() ? "127.0.0.1" : bracketed(bind.getHostAddress());
  }

  /**
   * Whether a request for this host is meant for it. Elsewhere than on the loopback interface,
   * every IP address may be one of its own; a name may be one that a web page's owner has pointed
   * here (DNS rebinding). Behind a container's published port, the port may be another one.
   */
  boolean answersTo(String host, int boundPort) {
    String end = ":" + boundPort;
    if (bind.isLoopbackAddress()) {
      return host.endsWith(end) && isName(host.substring(0, host.length() - end.length()));
    }
    String name = host.replaceFirst(":\\d*$", "");
    return isName(name) || name.matches("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]+]");
  }

  private boolean isName(String name) {
    return OF_THIS_MACHINE.contains(name.toLowerCase(Locale.ROOT))
        || host().equalsIgnoreCase(name)
        || names.stream().anyMatch(own -> bracketed(own).equalsIgnoreCase(name));
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host.replaceAll("%.*", "") + "]";
  }
}
