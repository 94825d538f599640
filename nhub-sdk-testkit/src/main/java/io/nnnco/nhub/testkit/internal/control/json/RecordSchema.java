package io.nnnco.nhub.testkit.internal.control.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes records as JSON Schema, as OpenAPI 3.1 has it. */
public final class RecordSchema {
  private RecordSchema() {}

  /** The schema of what is written for, or read as, this type. */
  public static Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? ordered("type", "array", "items", of(arguments[0]))
          : ofMap(arguments[0], arguments[1]);
    }
    Class<?> wanted = (Class<?>) type;
    return wanted.isRecord() ? ofRecord(wanted) : ofScalar(wanted);
  }

  private static Map<String, Object> ofMap(Type names, Type values) {
    Map<String, Object> schema = ordered("type", "object", "additionalProperties", of(values));
    if (names instanceof Class<?> constants && constants.isEnum()) {
      schema.put("propertyNames", of(names));
    }
    return schema;
  }

  private static Map<String, Object> ofScalar(Class<?> type) {
    if (type.isEnum()) {
      return ordered(
          "type",
          "string",
          "enum",
          Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    } else if (type == Instant.class) {
      return ordered("type", "string", "format", "date-time");
    } else if (type == Duration.class) {
      return ordered("type", "string", "format", "duration");
    } else if (type == int.class || type == Integer.class) {
      return ordered("type", "integer", "format", "int32");
    } else if (type == long.class || type == Long.class) {
      return ordered("type", "integer", "format", "int64");
    } else if (type == double.class || type == Double.class) {
      return ordered("type", "number");
    } else if (type == boolean.class || type == Boolean.class) {
      return ordered("type", "boolean");
    }
    return type == Object.class ? Map.of() : ordered("type", "string");
  }

  /** A record's schema with another one for one of its properties. */
  public static Map<String, Object> with(
      Map<String, Object> schema, String property, Map<String, Object> replacement) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (schema.get("properties") instanceof Map<?, ?> before) {
      before.forEach((name, value) -> properties.put(String.valueOf(name), value));
    }
    properties.put(property, replacement);
    schema.put("properties", properties);
    return schema;
  }

  /** A map of names and values in this order, so that the document is the same each time. */
  public static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> ofRecord(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean optional = Components.optional(component);
      properties.put(component.getName(), property(component, optional));
      if (!optional) {
        required.add(component.getName());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    return schema;
  }

  private static Map<String, Object> property(RecordComponent component, boolean optional) {
    Map<String, Object> schema = new LinkedHashMap<>(of(component.getGenericType()));
    Description description = component.getAnnotation(Description.class);
    if (description != null) {
      schema.put("description", description.value());
    }
    if (optional && schema.get("type") instanceof String only) {
      schema.put("type", List.of(only, "null"));
      schema.computeIfPresent("enum", (key, constants) -> withNull((List<?>) constants));
    }
    return schema;
  }

  private static List<Object> withNull(List<?> constants) {
    List<Object> more = new ArrayList<>(constants);
    more.add(null);
    return more;
  }
}
