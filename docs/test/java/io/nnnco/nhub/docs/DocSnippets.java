package io.nnnco.nhub.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a guide's code true: each of its {@code ```java} blocks must be a region of a test that is
 * compiled and run, and each region must be in the guide. A region lies between {@code // tag::x}
 * and {@code // end::x}; indentation does not count.
 *
 * <p>Compiled into the tests of every module.
 */
public final class DocSnippets {
  private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// tag::(\\S+)\\R(.*?)[ \\t]*// end::\\1(?!\\S)", Pattern.DOTALL);

  private DocSnippets() {}

  /**
   * What is wrong, one entry for each block or region without its counterpart; empty if all is
   * well.
   *
   * @param guide the Markdown file
   * @param tests the Java source with the regions
   */
  public static List<String> differences(Path guide, Path tests) {
    return differences(List.of(guide), tests);
  }

  /**
   * The same for several guides whose code lives in one test.
   *
   * @param guides the Markdown files
   * @param tests the Java source with the regions
   */
  public static List<String> differences(List<Path> guides, Path tests) {
    List<String> regions = find(REGION, 2, tests);
    List<String> blocks = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Path guide : guides) {
      List<String> found = find(BLOCK, 1, guide);
      if (found.isEmpty()) {
        differences.add(guide + " has no java block.");
      }
      for (String block : found) {
        if (!regions.contains(block)) {
          differences.add("In " + guide + ", but no region of " + tests + ":\n" + block);
        }
      }
      blocks.addAll(found);
    }
    for (String region : regions) {
      if (!blocks.contains(region)) {
        differences.add("A region of " + tests + ", but not in " + guides + ":\n" + region);
      }
    }
    return differences;
  }

  private static List<String> find(Pattern pattern, int group, Path file) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher
          .results()
          .map(found -> found.group(group).stripTrailing().stripIndent())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
