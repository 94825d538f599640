package io.nnnco.nhub.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps a guide's code true: each of its {@code ```java} blocks must be a region of a test that is
 * compiled and run, and each region must be in the guide. A region lies between {@code // tag::x}
 * and {@code // end::x}; indentation does not count. Regions of one name in a file are parts of one
 * block, so that a test can stand between them.
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
   * The same for several guides, or several sources.
   *
   * @param guides the Markdown files
   * @param tests the Java sources with the regions
   */
  public static List<String> differences(List<Path> guides, Path... tests) {
    List<String> regions = Stream.of(tests).flatMap(test -> regions(test).stream()).toList();
    String sources = List.of(tests).toString();
    List<String> blocks = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Path guide : guides) {
      List<String> found = blocks(guide);
      if (found.isEmpty()) {
        differences.add(guide + " has no java block.");
      }
      for (String block : found) {
        if (!regions.contains(block)) {
          differences.add("In " + guide + ", but no region of " + sources + ":\n" + block);
        }
      }
      blocks.addAll(found);
    }
    for (String region : regions) {
      if (!blocks.contains(region)) {
        differences.add("A region of " + sources + ", but not in " + guides + ":\n" + region);
      }
    }
    return differences;
  }

  /**
   * The code of a guide.
   *
   * @param guide the Markdown file
   */
  public static List<String> blocks(Path guide) {
    return BLOCK.matcher(read(guide)).results().map(found -> plain(found.group(1))).toList();
  }

  /**
   * The code that a source has for guides.
   *
   * @param source the Java file
   */
  public static List<String> regions(Path source) {
    Map<String, String> regions = new LinkedHashMap<>();
    Matcher matcher = REGION.matcher(read(source));
    while (matcher.find()) {
      regions.merge(
          matcher.group(1), plain(matcher.group(2)), (first, next) -> first + "\n" + next);
    }
    return List.copyOf(regions.values());
  }

  private static String plain(String code) {
    return code.stripTrailing().stripIndent();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
