package io.nnnco.nhub.codec;

import com.fasterxml.jackson.core.JsonStreamContext;
import org.jspecify.annotations.Nullable;

/** Writes where a parser is, such as {@code $.readings[2].value}. */
final class JsonPath {
  private static final int NAME_SHOWN = 64;

  private JsonPath() {}

  /**
   * The path to the context.
   *
   * @param nameUnread whether the name the innermost object knows is that of a field already done
   */
  static String of(JsonStreamContext context, boolean nameUnread) {
    StringBuilder path = new StringBuilder();
    boolean skipName = nameUnread;
    for (JsonStreamContext c = context; c != null && !c.inRoot(); c = c.getParent()) {
      if (c.inArray()) {
        path.insert(0, c.hasCurrentIndex() ? "[" + c.getCurrentIndex() + "]" : "");
      } else if (!skipName) {
        path.insert(0, field(c.getCurrentName()));
      }
      skipName = false;
    }
    return path.insert(0, '$').toString();
  }

  private static String field(@Nullable String name) {
    if (name == null) {
      return "";
    }
    StringBuilder shown = new StringBuilder(".");
    name.codePoints()
        .limit(NAME_SHOWN)
        .map(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
