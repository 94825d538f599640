package io.nnnco.nhub.core.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The name or address of a host: labels of letters, digits and hyphens (RFC 1123, section 2.1), and
 * of underscores, which DNS also has, with an optional dot at the end; or an address of IPv4 or
 * IPv6.
 */
public final class HostName {
  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern ADDRESS_4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern ADDRESS_6 =
      Pattern.compile("\\[?[0-9A-Fa-f]*:[0-9A-Fa-f.:]*(%[A-Za-z0-9_.-]+)?]?");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private HostName() {}

  /**
   * Rejects text that cannot be a host.
   *
   * @param what such as "the host of a proxy"
   * @throws IllegalArgumentException with the reason
   */
  public static void require(String what, String text) {
    String problem = problem(text);
    if (!problem.isEmpty()) {
      String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
      throw new IllegalArgumentException(
          "Not " + what + ": \"" + shown.replaceAll("[^ -~]", "?") + "\": " + problem + ".");
    }
  }

  /** A name without the dot that ends it in DNS, but not in HTTP, TLS or a certificate. */
  public static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Whether a host that {@link #require} accepts is an address, and not a name. */
  public static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || ADDRESS_4.matcher(host).matches();
  }

  /**
   * Whether TLS can tell a server this host, without a dot at its end: SNI is for names only (RFC
   * 6066, section 3), and the JDK's class refuses an underscore.
   */
  public static boolean isServerName(String host) {
    return !isAddress(host) && host.indexOf('_') < 0;
  }

  private static String problem(String text) {
    if (text.isEmpty()) {
      return "it is empty";
    }
    if (text.chars().anyMatch(c -> c == '/' || c == '@')) {
      return "a host only, without scheme, user and path";
    }
    if (text.indexOf(':') >= 0) {
      return text.indexOf(':') == text.lastIndexOf(':')
          ? "the port does not belong to it"
          : isAddress6(text) ? "" : "no address of IPv6";
    }
    String name = withoutDot(text);
    if (name.length() > MAX_NAME) {
      return "a name has 253 characters at most";
    }
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      String problem = problemOfLabel(label);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return NUMBER.matcher(labels[labels.length - 1]).matches() && !isAddress4(text)
        ? "no address of IPv4"
        : "";
  }

  private static String problemOfLabel(String label) {
    if (label.isEmpty()) {
      return "there is nothing between two dots";
    }
    if (label.length() > MAX_LABEL) {
      return "a label between dots has 63 characters at most";
    }
    if (label.chars().anyMatch(c -> c > '~')) {
      return "write it in ASCII, as java.net.IDN.toASCII gives it";
    }
    if (!LABEL.matcher(label).matches()) {
      return "it has characters that no host name has";
    }
    return label.startsWith("-") || label.endsWith("-")
        ? "no label begins or ends with a hyphen"
        : "";
  }

  private static boolean isAddress4(String text) {
    return ADDRESS_4.matcher(text).matches() && isLiteral(text);
  }

  private static boolean isAddress6(String text) {
    return ADDRESS_6.matcher(text).matches()
        && text.startsWith("[") == text.endsWith("]")
        && isLiteral(text.replaceFirst("%[^]]*", ""));
  }

  /** No lookup: only a literal arrives here. */
  private static boolean isLiteral(String literal) {
    try {
      return InetAddress.getByName(literal) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
