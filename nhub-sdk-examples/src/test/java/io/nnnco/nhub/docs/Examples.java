package io.nnnco.nhub.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example programs: the classes of their package that can be started. */
public final class Examples {
  /** Where their sources are. */
  public static final Path SOURCES = Path.of("src/main/java/io/nnnco/nhub/examples");

  private Examples() {}

  /** The classes, at least one. */
  public static List<Class<?>> all() {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .sorted()
          .<Class<?>>map(name -> load(name.replace(".java", "")))
          .filter(Examples::canBeStarted)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("io.nnnco.nhub.examples." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean canBeStarted(Class<?> type) {
    return Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.getName().equals("main"));
  }
}
