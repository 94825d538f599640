package io.nnnco.nhub.core;

import io.nnnco.nhub.core.internal.TopicGrammar;
import java.util.Objects;
import java.util.Optional;

/**
 * An enterprise of N-Hub, identified by its code, a dotted path such as {@code nnn.acme}. It is the
 * scope of an API key, and the second part of each MQTT topic: {@code v4/groups/nnn.acme.master/…}.
 *
 * <p>Immutable. The code is kept as given; case matters.
 *
 * @param code the dotted path, without the {@code .master} that topics add
 */
public record Enterprise(String code) {
  /**
   * Checks the code.
   *
   * @param code the dotted path, without the {@code .master} that topics add
   * @throws IllegalArgumentException if the code is not a dotted path of letters, digits, {@code _}
   *     and {@code -}, or already ends in {@code .master}
   */
  public Enterprise {
    Objects.requireNonNull(code, "code");
    if (!isDottedPath(code)) {
      throw new IllegalArgumentException(
          "Not an enterprise code: \""
              + code
              + "\". It is a dotted path such as nnn.acme; your administrator can provide it.");
    }
    if (code.endsWith(TopicGrammar.ENTERPRISE_SUFFIX)) {
      throw new IllegalArgumentException(
          "Not an enterprise code: \""
              + code
              + "\". Leave out the \""
              + TopicGrammar.ENTERPRISE_SUFFIX
              + "\": it belongs to the topic, and is added there.");
    }
  }

  /**
   * Creates the enterprise with this code.
   *
   * @param code the dotted path, such as {@code nnn.acme}
   * @return the enterprise
   * @throws IllegalArgumentException if the code is not well formed
   */
  public static Enterprise of(String code) {
    return new Enterprise(code);
  }

  /**
   * Creates the enterprise with this code if it is well formed: for text from outside, such as a
   * topic.
   *
   * @param code the dotted path, such as {@code nnn.acme}
   * @return the enterprise, or empty if the code is not well formed
   */
  public static Optional<Enterprise> parse(String code) {
    return isDottedPath(code) && !code.endsWith(TopicGrammar.ENTERPRISE_SUFFIX)
        ? Optional.of(new Enterprise(code))
        : Optional.empty();
  }

  /** By hand, because it runs for each message, on text of any length. */
  private static boolean isDottedPath(String code) {
    boolean dot = true;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean wasDot = dot;
      dot = c == '.';
      if (dot ? wasDot : !isCodeCharacter(c)) {
        return false;
      }
    }
    return !dot;
  }

  private static boolean isCodeCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /**
   * The start of every topic of this enterprise, {@code v4/groups/nnn.acme.master/}.
   *
   * @return the topic prefix, ending in a slash
   */
  public String topicPrefix() {
    return TopicGrammar.prefix(code);
  }

  /** The code. */
  @Override
  public String toString() {
    return code;
  }
}
