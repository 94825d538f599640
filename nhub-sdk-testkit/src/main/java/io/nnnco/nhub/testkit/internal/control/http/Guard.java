package io.nnnco.nhub.testkit.internal.control.http;

import io.nnnco.nhub.core.Secret;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call: whoever knows the token, and on the loopback interface only under a name of this
 * machine, so that no web page gets here by a host name of its own (DNS rebinding).
 */
final class Guard {
  private static final String SCHEME = "bearer ";

  private final byte[] token;
  private final InetSocketAddress address;

  Guard(Secret token, InetSocketAddress address) {
    this.token = token.reveal().getBytes(StandardCharsets.UTF_8);
    this.address = address;
  }

  /** Refuses a request for another host. */
  void checkHost(@Nullable String host) {
    if (!address.getAddress().isLoopbackAddress()) {
      return; // It has as many names as there are networks.
    }
    Set<String> names = Set.of("localhost", "127.0.0.1", "[::1]");
    String end = ":" + address.getPort();
    String name =
        host == null || !host.endsWith(end) ? "" : host.substring(0, host.length() - end.length());
    if (!names.contains(name.toLowerCase(Locale.ROOT))) {
      throw Problem.of(
          421,
          "This is not the host of the request. Use localhost"
              + end
              + " or 127.0.0.1"
              + end
              + ", in the header Host, too.");
    }
  }

  /** Refuses a request without the token; takes as long for one that is nearly right. */
  void checkToken(@Nullable String authorization) {
    boolean bearer =
        authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String shown =
        authorization == null || !bearer ? "" : authorization.substring(SCHEME.length()).strip();
    if (!MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8))) {
      throw Problem.of(
          401,
          bearer
              ? "This is not the token of this control API. The fake printed it when it started, and"
                  + " nhub fake --dir DIR wrote it to DIR/fake.json as controlToken."
              : "The header Authorization: Bearer TOKEN is missing. The fake printed the token when"
                  + " it started, and nhub fake --dir DIR wrote it to DIR/fake.json as controlToken.",
          "WWW-Authenticate",
          "Bearer realm=\"fake N-Hub control\"");
    }
  }
}
