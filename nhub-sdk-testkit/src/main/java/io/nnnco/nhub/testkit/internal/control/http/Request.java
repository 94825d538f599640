package io.nnnco.nhub.testkit.internal.control.http;

import io.nnnco.nhub.testkit.internal.control.json.RecordReader;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its route.
 *
 * @param variables the values of the path's variables, in order
 * @param query the query's parameters
 * @param body the body's fields; empty if there is none
 * @param lastEventId what a reader of server-sent events had last, or null
 */
public record Request(
    List<String> variables,
    Map<String, String> query,
    Map<String, @Nullable Object> body,
    @Nullable String lastEventId) {

  /** The value of the path's first variable. */
  public String variable() {
    return variables.get(0);
  }

  /** The path's first variable as a number. */
  public long number() {
    return number(variable(), "A number is needed in the path");
  }

  /** The body as a record. */
  public <T> T body(Class<T> type) {
    return RecordReader.read(type, "", body);
  }

  /** A parameter, or what applies without it. */
  public String text(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  /** A parameter as a number. */
  public long number(String name, long otherwise, long least, long most) {
    String text = query.get(name);
    long number = text == null ? otherwise : number(text, name + " must be a number");
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", not " + number + ".");
    }
    return number;
  }

  /** A parameter as a duration. */
  public Duration duration(String name, Duration otherwise, Duration most) {
    String text = query.get(name);
    try {
      Duration time = text == null ? otherwise : Duration.parse(text);
      if (time.isNegative() || time.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            name + " must be PT0S to " + most + ", not " + time + ".");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " must be a duration such as PT10S, not \"" + text + "\".", e);
    }
  }

  private static long number(String text, String what) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + ", not \"" + text + "\".", e);
    }
  }
}
