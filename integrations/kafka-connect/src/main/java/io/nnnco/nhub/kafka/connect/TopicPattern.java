package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.core.Enterprise;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the Kafka topics, with placeholders: {@code nhub.{enterprise}.{kind}}. Immutable.
 *
 * @param text the pattern
 */
record TopicPattern(String text) {
  static final String ENTERPRISE = "{enterprise}";
  static final String KIND = "{kind}";

  private static final int LONGEST_TOPIC = 249;
  private static final int LONGEST_KIND = 64;
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern ILLEGAL = Pattern.compile("[^A-Za-z0-9._-]");
  private static final Pattern DOTS = Pattern.compile("\\.{0,2}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException if it has another placeholder, or if Kafka would refuse the
   *     names that it makes
   */
  TopicPattern {
    Matcher unknown =
        PLACEHOLDER.matcher(text.replace(ENTERPRISE, "enterprise").replace(KIND, "uplinks"));
    if (unknown.find()) {
      throw new IllegalArgumentException(
          "There is no placeholder "
              + unknown.group()
              + ": use "
              + ENTERPRISE
              + " and "
              + KIND
              + ".");
    }
    requireLegal(text.replace(ENTERPRISE, "enterprise").replace(KIND, "uplinks"));
  }

  /**
   * Checks the name of a topic.
   *
   * @throws IllegalArgumentException if Kafka would refuse it
   */
  static void requireLegal(String topic) {
    if (!LEGAL.matcher(topic).matches()
        || topic.length() > LONGEST_TOPIC
        || topic.equals(".")
        || topic.equals("..")) {
      throw new IllegalArgumentException(
          "A Kafka topic has 1 to "
              + LONGEST_TOPIC
              + " letters, digits, dots, hyphens and underscores.");
    }
  }

  /** The pattern of one enterprise. */
  TopicPattern of(Enterprise enterprise) {
    TopicPattern filled = new TopicPattern(text.replace(ENTERPRISE, enterprise.code()));
    requireLegal(filled.text.replace(KIND, "x".repeat(LONGEST_KIND)));
    return filled;
  }

  /** The topic for a kind of messages; a kind from outside may have any characters. */
  String topic(String kind) {
    if (!text.contains(KIND)) {
      return text;
    }
    String legal = ILLEGAL.matcher(kind).replaceAll("_");
    String topic =
        text.replace(
            KIND, legal.length() > LONGEST_KIND ? legal.substring(0, LONGEST_KIND) : legal);
    return DOTS.matcher(topic).matches() ? "_".repeat(Math.max(1, topic.length())) : topic;
  }
}
