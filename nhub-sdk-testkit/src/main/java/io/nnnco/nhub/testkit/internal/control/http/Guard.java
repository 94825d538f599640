package io.nnnco.nhub.testkit.internal.control.http;

import io.nnnco.nhub.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may call: whoever knows the token, and only under a name of this control API, so that no web
 * page gets here by a host name of its own (DNS rebinding).
 */
final class Guard {
  private static final String SCHEME = "bearer ";

  private final byte[] token;
  private final ControlAddress address;
  private final int port;

  Guard(Secret token, ControlAddress address, int port) {
    this.token = token.reveal().getBytes(StandardCharsets.UTF_8);
    this.address = address;
    this.port = port;
  }

  /** Refuses a request for another host. */
  void checkHost(@Nullable String host) {
    if (host == null || !address.answersTo(host, port)) {
      throw Problem.of(
          421,
          "This is not the host of the request. Use "
              + address.host()
              + ":"
              + port
              + ", in the header Host, too; or start the fake with --host NAME, in Java bind(…,"
              + " NAME), for a further name.");
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
