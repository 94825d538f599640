package io.nnnco.nhub.spring.aot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.ChildJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Where Spring's generated code goes; it is compiled there, and run in a JVM of its own. */
record AheadOfTime(Path directory) {
  Path sources() {
    return directory.resolve("sources");
  }

  Path resources() {
    return directory.resolve("resources");
  }

  Path classes() {
    return directory.resolve("classes");
  }

  void compile() throws IOException {
    Files.createDirectories(classes());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-proc:none", "-nowarn", "-cp", classPath(), "-d", classes().toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      assertTrue(
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(files(sources(), ".java")))
              .call(),
          "what Spring generated compiles");
    }
  }

  /** Everything that would be told to GraalVM. */
  String metadata() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files(resources(), ".json")) {
      all.append(Files.readString(file));
    }
    return all.toString().replace("\\/", "/");
  }

  private static List<Path> files(Path directory, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> path.toString().endsWith(ending)).toList();
    }
  }

  /** Starts a program that takes its beans from the generated code. */
  Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(ChildJvm.command(options(), main, arguments));
    command.set(command.indexOf("-cp") + 1, classPath());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // A line that never comes is a failure, not a hang.
    CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES).execute(process::destroyForcibly);
    return process;
  }

  private static List<String> options() {
    return List.of("-Dspring.aot.enabled=true", "-XX:TieredStopAtLevel=1", "-Xmx256m");
  }

  private String classPath() {
    return String.join(
        File.pathSeparator, classes().toString(), resources().toString(), ChildJvm.classPath());
  }

  /** Reads up to a line with this part, and returns that line. */
  static String awaitLine(BufferedReader output, String part) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      all.append(line).append('\n');
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("The process ended without \"" + part + "\":\n" + all);
  }

  /** Ends it, and waits until it has closed its connections. */
  static void end(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
  }

  static BufferedReader output(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }
}
