package io.nnnco.nhub.testkit.internal.control.json;

import io.nnnco.nhub.testkit.internal.json.JsonWriter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records as JSON objects: their components in order, times and durations in ISO 8601. */
public final class RecordWriter {
  private RecordWriter() {}

  /** A record, or anything that is made of them, as JSON. */
  public static String json(@Nullable Object value) {
    return JsonWriter.of(plain(value));
  }

  /** The components of a record by their names. */
  public static Map<String, @Nullable Object> fields(Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      fields.put(component.getName(), plain(valueOf(component, value)));
    }
    return fields;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Record) {
      return fields(value);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((name, field) -> plain.put(String.valueOf(name), plain(field)));
      return plain;
    } else if (value instanceof Iterable<?> items) {
      List<@Nullable Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(plain(item)));
      return plain;
    }
    boolean json = value == null || value instanceof Number || value instanceof Boolean;
    return json ? value : String.valueOf(value);
  }

  private static @Nullable Object valueOf(RecordComponent component, Object owner) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component + ".", e);
    }
  }
}
