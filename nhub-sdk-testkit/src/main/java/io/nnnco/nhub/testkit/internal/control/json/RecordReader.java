package io.nnnco.nhub.testkit.internal.control.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records from JSON objects, by the names of their components. Those that may be null may be
 * left out; whatever the record does not have is an error, so that no mistake passes in silence.
 */
public final class RecordReader {
  private RecordReader() {}

  /**
   * Makes a record.
   *
   * @param where what the fields' names begin with in errors, such as {@code parameters.}; or empty
   * @param fields the JSON object
   * @throws IllegalArgumentException if a field is missing, unknown or of another type, or the
   *     record does not accept it
   */
  public static <T> T read(Class<T> type, String where, Map<?, ?> fields) {
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(type, where, fields);
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = where + components[i].getName();
      Object value = fields.get(components[i].getName());
      if (value == null && !Components.optional(components[i])) {
        throw new IllegalArgumentException(
            name + " is required: " + Values.noun(components[i].getGenericType()) + ".");
      }
      arguments[i] =
          value == null ? null : Values.read(components[i].getGenericType(), name, value);
    }
    return create(type, components, arguments);
  }

  private static void refuseUnknown(Class<?> type, String where, Map<?, ?> fields) {
    Set<Object> unknown = new HashSet<>(fields.keySet());
    for (RecordComponent component : type.getRecordComponents()) {
      unknown.remove(component.getName());
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no field "
              + where
              + unknown.iterator().next()
              + "; there are: "
              + Components.names(type)
              + ".");
    }
  }

  private static <T> T create(
      Class<T> type, RecordComponent[] components, @Nullable Object[] arguments) {
    try {
      Constructor<T> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("Cannot make a " + type.getSimpleName() + ".", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type.getSimpleName() + ".", e);
    }
  }
}
