package io.nnnco.nhub.stream.internal.delivery;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads by reflection, since this is compiled for Java 17, which has none. */
final class VirtualThreads {
  private VirtualThreads() {}

  /**
   * A factory of virtual threads with numbered names, which inherit nothing; null before Java 21.
   */
  static @Nullable ThreadFactory factory(String prefix) {
    if (Runtime.version().feature() < 21) {
      return null;
    }
    try {
      Class<?> builderType = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Method name = builderType.getMethod("name", String.class, long.class);
      Method inherit = builderType.getMethod("inheritInheritableThreadLocals", boolean.class);
      Object named = inherit.invoke(name.invoke(builder, prefix, 1L), false);
      return (ThreadFactory) builderType.getMethod("factory").invoke(named);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
