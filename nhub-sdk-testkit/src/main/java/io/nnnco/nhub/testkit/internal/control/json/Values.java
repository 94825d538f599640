package io.nnnco.nhub.testkit.internal.control.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the values that components of records have from what JSON has. */
final class Values {
  private Values() {}

  /**
   * A value of a type.
   *
   * @param name its name in errors
   * @param json a string, number, boolean, map or list; or the value itself
   * @throws IllegalArgumentException if it is not such a value
   */
  static Object read(Type type, String name, Object json) {
    if (type instanceof ParameterizedType generic) {
      return readGeneric(generic, name, json);
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted.isRecord() && json instanceof Map<?, ?> fields) {
      return RecordReader.read(wanted, name + ".", fields);
    }
    Object value = scalar(wanted, json);
    if (value == null) {
      throw new IllegalArgumentException(name + " must be " + noun(type) + ", not " + shown(json));
    }
    return value;
  }

  private static @Nullable Object scalar(Class<?> wanted, Object json) {
    if (wanted.isInstance(json) || (wanted == boolean.class && json instanceof Boolean)) {
      return json;
    } else if (json instanceof Number number) {
      return number(wanted, new BigDecimal(number.toString()));
    } else if (json instanceof String text) {
      return ofText(wanted, text);
    }
    return null;
  }

  private static @Nullable Object number(Class<?> wanted, BigDecimal number) {
    if (wanted == double.class || wanted == Double.class) {
      return number.doubleValue();
    }
    try {
      if (wanted == int.class || wanted == Integer.class) {
        return number.intValueExact();
      }
      return wanted == long.class || wanted == Long.class ? number.longValueExact() : null;
    } catch (ArithmeticException e) {
      return null; // a fraction, or too large
    }
  }

  private static @Nullable Object ofText(Class<?> wanted, String text) {
    try {
      if (wanted == Instant.class) {
        return Instant.parse(text);
      } else if (wanted == Duration.class) {
        return Duration.parse(text);
      }
    } catch (DateTimeException e) {
      return null;
    }
    return wanted.isEnum() ? constant(wanted, text) : null;
  }

  private static @Nullable Object constant(Class<?> wanted, String text) {
    return Arrays.stream(wanted.getEnumConstants())
        .filter(constant -> constant.toString().equals(text))
        .findFirst()
        .orElse(null);
  }

  private static Object readGeneric(ParameterizedType type, String name, Object json) {
    if (type.getRawType() == List.class && json instanceof List<?> items) {
      return IntStream.range(0, items.size())
          .mapToObj(i -> element(type, 0, name + "[" + i + "]", items.get(i)))
          .toList();
    } else if (type.getRawType() == Map.class && json instanceof Map<?, ?> fields) {
      return map(type, name, fields);
    }
    throw new IllegalArgumentException(name + " must be " + noun(type) + ", not " + shown(json));
  }

  private static Map<?, ?> map(ParameterizedType type, String name, Map<?, ?> fields) {
    if (type.getActualTypeArguments()[1] == Object.class) {
      return fields;
    }
    Map<Object, Object> read = new LinkedHashMap<>();
    fields.forEach(
        (field, value) ->
            read.put(
                element(type, 0, "Each name in " + name, field),
                element(type, 1, name + "." + field, value)));
    return read;
  }

  private static Object element(
      ParameterizedType type, int argument, String name, @Nullable Object json) {
    Type wanted = type.getActualTypeArguments()[argument];
    if (json == null) {
      throw new IllegalArgumentException(name + " must be " + noun(wanted) + ", not null.");
    }
    return read(wanted, name, json);
  }

  /** What a value of this type is called in errors. */
  static String noun(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class ? "an array" : "an object";
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted.isEnum()) {
      return Arrays.stream(wanted.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "one of ", ""));
    } else if (wanted == Instant.class) {
      return "a time such as \"2026-03-17T02:03:04Z\"";
    } else if (wanted == Duration.class) {
      return "a duration such as \"PT10S\"";
    } else if (List.of(int.class, Integer.class, long.class, Long.class).contains(wanted)) {
      return "an integer";
    } else if (wanted == double.class || wanted == Double.class) {
      return "a number";
    } else if (wanted == boolean.class || wanted == Boolean.class) {
      return "true or false";
    }
    return wanted == String.class ? "a string" : "an object";
  }

  private static String shown(Object json) {
    String text = json instanceof String ? "\"" + json + "\"" : String.valueOf(json);
    return (text.length() > 80 ? text.substring(0, 80) + "\u2026" : text) + ".";
  }
}
