package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.core.Enterprise;
import java.util.List;

/**
 * A topic filter in its levels (MQTT 5 section 4.7), with the share name if it is a shared one
 * (section 4.8.2).
 *
 * @param text as the client sent it
 * @param share the share name; empty if it is not shared
 * @param levels the levels to match, without the share's
 */
public record TopicFilter(String text, String share, List<String> levels) {
  private static final String SHARED = "$share/";

  /**
   * Parses a filter.
   *
   * @throws IllegalArgumentException if it is not well formed
   */
  public static TopicFilter parse(String text) {
    if (!isShared(text)) {
      return new TopicFilter(text, "", wellFormed(text, text));
    }
    int end = text.indexOf('/', SHARED.length());
    String share = end < 0 ? "" : text.substring(SHARED.length(), end);
    if (share.isEmpty() || share.contains("+") || share.contains("#")) {
      throw new IllegalArgumentException("Not a shared subscription: " + text);
    }
    return new TopicFilter(text, share, wellFormed(text.substring(end + 1), text));
  }

  /** Whether a text is a filter that is well formed. */
  public static boolean isFilter(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> wellFormed(String filter, String text) {
    List<String> levels = levels(filter);
    boolean well = !filter.isEmpty() && filter.indexOf('\0') < 0;
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      boolean last = i == levels.size() - 1;
      well &= !level.contains("#") || (level.equals("#") && last);
      well &= !level.contains("+") || level.equals("+");
    }
    if (!well) {
      throw new IllegalArgumentException("Not a topic filter: " + text);
    }
    return levels;
  }

  /** Whether a filter's text is that of a shared subscription, well formed or not. */
  public static boolean isShared(String text) {
    return text.startsWith(SHARED);
  }

  /** Whether a text can be the topic of a message (MQTT 5 sections 1.5.4 and 4.7.3). */
  public static boolean isTopic(String text) {
    return !text.isEmpty()
        && text.chars().noneMatch(c -> c == '+' || c == '#')
        && Texts.isSendable(text);
  }

  /** The levels of a topic or filter. */
  static List<String> levels(String topic) {
    return List.of(topic.split("/", -1));
  }

  /** Whether it is a shared subscription. */
  public boolean shared() {
    return !share.isEmpty();
  }

  /** Whether it matches a topic, given in its levels. */
  boolean matches(List<String> topic) {
    boolean wildcardFirst = levels.get(0).equals("+") || levels.get(0).equals("#");
    if (wildcardFirst && topic.get(0).startsWith("$")) {
      return false;
    }
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.equals("#")) {
        return true;
      }
      if (i == topic.size() || !(level.equals("+") || level.equals(topic.get(i)))) {
        return false;
      }
    }
    return levels.size() == topic.size();
  }

  /** Whether every topic that it matches belongs to this enterprise (M12 in docs/bridge.md). */
  public boolean within(String enterprise) {
    return String.join("/", levels).startsWith(Enterprise.of(enterprise).topicPrefix());
  }
}
