package io.nnnco.nhub.testkit.internal.control.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a page, which needs no token because there is no secret in it.
 *
 * @param type its media type
 * @param text its text
 * @param headers its headers, with its tag
 */
public record StaticFile(String type, String text, Map<String, String> headers) {
  /** The page runs its own scripts and styles, talks to its own server, and is in no frame. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String TAG = "ETag";
  private static final String METHODS = "GET, HEAD";

  /** A file of this media type. */
  public static StaticFile of(String type, String text) {
    return new StaticFile(
        type + "; charset=utf-8",
        text,
        Map.of(
            TAG,
            tag(text),
            "Cache-Control",
            "no-cache", // keep it, but ask each time
            "Content-Security-Policy",
            CONTENT_SECURITY_POLICY,
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Referrer-Policy",
            "no-referrer"));
  }

  private static String tag(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /** The file, or that the browser has it already. */
  Reply reply(String method, String path, @Nullable String tagsAtHand) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw Problem.of(
          405, path + " has no " + method + ", only " + METHODS + ".", "Allow", METHODS);
    }
    boolean atHand = tagsAtHand != null && tagsAtHand.contains(headers.get(TAG));
    return (atHand ? new Reply(304, "", headers, "", null) : Reply.text(type, text).with(headers));
  }
}
