package io.nnnco.nhub.core.internal;

/**
 * How the platform's topics are written, {@code v4/groups/nnn.acme.master/ABC123/uplinks}, and the
 * filters that match them (MQTT 5, sections 4.7 and 4.8).
 */
public final class TopicGrammar {
  /** Before the code of an enterprise. */
  public static final String ROOT = "v4/groups/";

  /** After the code of an enterprise. */
  public static final String ENTERPRISE_SUFFIX = ".master";

  /** In a filter, any text as one level. */
  public static final String ANY_LEVEL = "+";

  private static final String ANY_LEVELS = "#";
  private static final String SHARE = "$share/";

  private TopicGrammar() {}

  /** The start of each topic of an enterprise, ending in a slash. */
  public static String prefix(String enterpriseCode) {
    return ROOT + enterpriseCode + ENTERPRISE_SUFFIX + "/";
  }

  /** A device's topic, or a filter if one of the two is {@link #ANY_LEVEL}. */
  public static String topic(String prefix, String deviceId, String level) {
    return prefix + deviceId + "/" + level;
  }

  /** The filter that matches each topic with this prefix. */
  public static String allBelow(String prefix) {
    return prefix + ANY_LEVELS;
  }

  /** The filter that divides what {@code filter} matches among the members of a group. */
  public static String shared(String group, String filter) {
    return SHARE + group + "/" + filter;
  }

  /** The filter without its group, or as it is if it has none. */
  public static String unshared(String filter) {
    return isShared(filter) ? filter.substring(filter.indexOf('/', SHARE.length()) + 1) : filter;
  }

  /** Whether a filter is that of a shared subscription. */
  public static boolean isShared(String filter) {
    return filter.startsWith(SHARE);
  }

  /** Whether a filter matches more than one topic. */
  public static boolean hasWildcard(String filter) {
    return filter.contains(ANY_LEVEL) || filter.contains(ANY_LEVELS);
  }

  /** Whether a text can be one level of a topic. By hand, because it runs for each message. */
  public static boolean isLevel(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/' || c == '+' || c == '#' || c == 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
