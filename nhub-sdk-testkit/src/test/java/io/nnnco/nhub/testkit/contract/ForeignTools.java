package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of other people that the contract is tested with. {@code .ci/run} installs them;
 * without one, its tests are reported as aborted, with what to do, and fail in CI.
 */
final class ForeignTools {
  private static final Path NODE = Path.of("src/test/node").toAbsolutePath();
  static final Path PYTHON = Path.of("src/test/python/packages").toAbsolutePath();

  private ForeignTools() {}

  /** The path of a program, which must be there. */
  static String program(String name) {
    return find(name)
        .orElseGet(() -> missing(name + " is not installed: run .ci/run, or install it yourself."));
  }

  /** The folder with the JavaScript clients and the library they need. */
  static Path node() {
    program("node");
    return Files.isDirectory(NODE.resolve("node_modules/mqtt"))
        ? NODE
        : Path.of(missing("mqtt.js is not installed: run npm ci in " + NODE + "."));
  }

  /** The same folder, with what drives a browser. */
  static Path nodeWithBrowser() {
    return Files.isDirectory(NODE.resolve("node_modules/playwright-core"))
        ? node()
        : Path.of(missing("playwright-core is not installed: run npm ci in " + NODE + "."));
  }

  /** The path of Chromium, under the name that a distribution gives it. */
  static String browser() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> find(name).stream())
        .findFirst()
        .orElseGet(
            () -> missing("chromium is not installed: run .ci/run, or install it yourself."));
  }

  /** The folder with Python's paho-mqtt, of version 2 at least as the platform's page needs it. */
  static Path pahoForPython() {
    if (!Files.isDirectory(PYTHON.resolve("paho"))) {
      abort(
          "paho-mqtt 2 for Python is not installed, so the platform's Python lines were not run:"
              + " python3 -m pip install --target "
              + PYTHON
              + " paho-mqtt==2.1.0");
    }
    program("python3");
    return PYTHON;
  }

  private static Optional<String> find(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)),
            List.of("/usr/sbin", "/usr/local/sbin").stream())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static String missing(String message) {
    return System.getenv("CI") == null ? abort(message) : fail(message);
  }
}
