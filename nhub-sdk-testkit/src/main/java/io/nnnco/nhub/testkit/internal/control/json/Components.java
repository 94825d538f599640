package io.nnnco.nhub.testkit.internal.control.json;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** What the components of records say about themselves. */
final class Components {
  private Components() {}

  /** Whether null is allowed: by name, because JSpecify need not be there at run time. */
  static boolean optional(RecordComponent component) {
    return nullable(component.getAnnotatedType()) || nullable(component);
  }

  private static boolean nullable(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
  }

  static String names(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 0
        ? "none"
        : String.join(", ", Arrays.stream(components).map(RecordComponent::getName).toList());
  }
}
