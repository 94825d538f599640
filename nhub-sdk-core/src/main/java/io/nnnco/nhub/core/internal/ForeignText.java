package io.nnnco.nhub.core.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.Secret;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from elsewhere, a peer or a file, safe for an exception, a log or an event: on one
 * line, without control or format characters and unpaired surrogates, of at most {@value #LENGTH}
 * characters unless another limit is given, with no PEM, and without secrets known at its source.
 * Immutable.
 */
public final class ForeignText {
  /** The most characters that are shown; an ellipsis after them shows that the text was cut. */
  public static final int LENGTH = 200;

  /** No text is longer, whatever its parts. */
  private static final int LONGEST = 4_000;

  private static final ForeignText WITHOUT_SECRETS = new ForeignText(List.of());
  private static final int WINDOW = 8;
  private static final int TOO_SHORT_TO_HIDE = 4;
  private static final String HIDDEN = "[hidden]";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]{32,}");

  /**
   * C0, C1, bidirectional and other format characters, line and paragraph ends, unpaired
   * surrogates.
   */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

  private final List<String> secrets;

  private ForeignText(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * Knows the secrets of a call or a connection: no piece of one, of {@value #WINDOW} or more
   * characters, is shown, whether as it is, in base64 or percent-encoded.
   */
  public static ForeignText without(@Nullable Secret... secrets) {
    List<String> forms = new ArrayList<>();
    for (Secret secret : secrets) {
      if (secret != null && secret.reveal().length() >= TOO_SHORT_TO_HIDE) {
        addForms(secret.reveal(), forms);
      }
    }
    return new ForeignText(forms);
  }

  private static void addForms(String secret, List<String> forms) {
    forms.add(secret);
    String percent = URLEncoder.encode(secret, UTF_8);
    if (!percent.equals(secret)) {
      forms.add(percent);
      forms.add(percent.replace("+", "%20"));
    }
    byte[] bytes = secret.getBytes(UTF_8);
    for (int before = 0; before < 3; before++) { // Base64 depends on the preceding bytes.
      byte[] moved = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, moved, before, bytes.length);
      String whole = Base64.getEncoder().withoutPadding().encodeToString(moved);
      int from = before == 0 ? 0 : before + 1;
      int to = whole.length() - (moved.length % 3 == 0 ? 0 : 1);
      if (to - from >= WINDOW) {
        forms.add(whole.substring(from, to));
        forms.add(whole.substring(from, to).replace('+', '-').replace('/', '_'));
      }
    }
  }

  /** A name, an address, a topic: any text that cannot contain a secret of this side. */
  public static String shown(@Nullable Object text) {
    return shown(text, LENGTH);
  }

  /** The same, with a limit in characters, where several stand side by side. */
  public static String shown(@Nullable Object text, int maxLength) {
    return WITHOUT_SECRETS.name(String.valueOf(text), maxLength);
  }

  /** Text that is partly foreign, as a last guard: printable, and of limited length. */
  public static String guarded(String text) {
    String clean = printable(text);
    return clean.length() <= LONGEST ? clean : upTo(LONGEST, clean);
  }

  /**
   * The text with a space for each run of characters that could move, hide or cut off what is
   * shown.
   */
  public static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  /** A sentence, of the usual length. */
  public String line(String text) {
    return line(text, LENGTH);
  }

  /** A sentence or a header: nothing in it that looks like a key. */
  public String line(String text, int maxLength) {
    return cut(
        BASE64.matcher(withoutSecrets(start(text, maxLength))).replaceAll(HIDDEN), maxLength);
  }

  /** A path and query, or an id: a name may be as long a run as base64, without being a key. */
  public String name(String text, int maxLength) {
    return cut(withoutSecrets(start(text, maxLength)), maxLength);
  }

  /** More than is shown, so that a secret at the cut is still recognised. */
  private String start(String text, int maxLength) {
    int longest = secrets.stream().mapToInt(String::length).max().orElse(0);
    return text.substring(0, Math.min(text.length(), maxLength + longest + 100));
  }

  private static String cut(String text, int maxLength) {
    if (text.contains("-----BEGIN") || text.contains("PRIVATE KEY")) {
      return HIDDEN;
    }
    String clean = printable(text).strip();
    return clean.length() <= maxLength ? clean : upTo(maxLength, clean);
  }

  private static String upTo(int length, String text) {
    boolean half = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, half ? length - 1 : length) + "…";
  }

  private String withoutSecrets(String text) {
    BitSet secret = new BitSet(text.length());
    for (String form : secrets) {
      int window = Math.min(WINDOW, form.length());
      for (int i = 0; i + window <= text.length(); i++) {
        if (form.contains(text.substring(i, i + window))) {
          secret.set(i, i + window);
        }
      }
    }
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int from = secret.nextSetBit(at);
      if (from < 0) {
        return clean.append(text, at, text.length()).toString();
      }
      clean.append(text, at, from).append(HIDDEN);
      at = secret.nextClearBit(from);
    }
    return clean.toString();
  }
}
