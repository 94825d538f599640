package io.nnnco.nhub.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a program in a JVM of its own, with the class path of the tests. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * The command.
   *
   * @param options of the JVM
   * @param main the class to start
   * @param arguments of the program
   */
  public static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The class path of the tests, which Surefire hides in a jar of its own. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
