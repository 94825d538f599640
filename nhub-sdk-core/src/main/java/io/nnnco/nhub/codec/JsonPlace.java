package io.nnnco.nhub.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The current path in a document, such as {@code $.readings[2].value}; it creates the errors. */
final class JsonPlace {
  private static final int NAME_SHOWN = 64;
  private static final int NO_ELEMENT = -1;

  private @Nullable String[] names = new @Nullable String[8];
  private int[] elements = new int[8];
  private int depth;

  /**
   * Enters an object or an array.
   *
   * @param at where it starts
   */
  void enter(int at) {
    if (depth == MessageDecoder.MAX_DEPTH) {
      throw error("it is nested deeper than " + MessageDecoder.MAX_DEPTH + " levels", at);
    }
    if (++depth == elements.length) {
      names = Arrays.copyOf(names, 2 * depth);
      elements = Arrays.copyOf(elements, 2 * depth);
    }
    elements[depth] = NO_ELEMENT;
    names[depth] = null;
  }

  void leave() {
    depth--;
  }

  /** The current field of the innermost object; null between two fields. */
  void field(@Nullable String name) {
    names[depth] = name;
  }

  /** Moves to the next element of the innermost array. */
  void element() {
    elements[depth]++;
  }

  /**
   * An error at the current path.
   *
   * @param at the offset in bytes
   */
  MalformedMessageException error(String problem, int at) {
    return new MalformedMessageException(problem, path(), at);
  }

  private String path() {
    StringBuilder path = new StringBuilder("$");
    for (int level = 1; level <= depth; level++) {
      String name = names[level];
      if (name != null) {
        append(path.append('.'), name);
      } else if (elements[level] != NO_ELEMENT) {
        path.append('[').append(elements[level]).append(']');
      }
    }
    return path.toString();
  }

  private static void append(StringBuilder path, String name) {
    name.codePoints()
        .limit(NAME_SHOWN)
        .map(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' ? c : '?')
        .forEach(path::appendCodePoint);
  }
}
