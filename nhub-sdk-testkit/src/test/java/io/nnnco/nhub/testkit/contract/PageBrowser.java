package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real browser that looks at pages of fakes; what it does with them is in JavaScript. */
final class PageBrowser implements AutoCloseable {
  private static final String REQUEST = "@please ";

  private final ForeignProcess process;

  private PageBrowser(ForeignProcess process) {
    this.process = process;
  }

  static PageBrowser start() {
    Path node = ForeignTools.nodeWithBrowser();
    List<String> command = List.of(ForeignTools.program("node"), "drive.mjs");
    Map<String, String> environment = Map.of("CHROMIUM", ForeignTools.browser());
    return new PageBrowser(ForeignProcess.start(node.resolve("page"), command, environment));
  }

  /** Opens a page and does what this case is about. */
  void check(String name, URI page) {
    check(name, page, Map.of());
  }

  /** The same; the case may ask for these steps. */
  void check(String name, URI page, Map<String, Runnable> steps) {
    process.write(name + " " + page);
    String line = process.awaitLine(text -> text.startsWith("@"));
    while (line.startsWith(REQUEST)) {
      Objects.requireNonNull(steps.get(line.substring(REQUEST.length())), line).run();
      process.write("done");
      line = process.awaitLine(text -> text.startsWith("@"));
    }
    assertTrue(line.startsWith("@ok"), line);
  }

  @Override
  public void close() {
    process.close();
  }
}
