package io.nnnco.nhub.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, read as GitHub reads it.
 *
 * @param file where it is
 * @param prose its lines outside code blocks
 * @param blocks its code blocks
 */
record Markdown(Path file, List<String> prose, List<Block> blocks) {
  /** The root of the project, as the tests of this module see it. */
  static final Path ROOT = Path.of("..");

  private static final Pattern FENCE = Pattern.compile("\\s*```(\\S*)\\s*");
  private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+(.*?)\\s*");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /**
   * Code between fences.
   *
   * @param language what the opening fence says, may be empty
   * @param text the lines, each with its line feed
   */
  record Block(String language, String text) {}

  /** Every page: those at the root, and docs with all that is below it. */
  static List<Markdown> all() {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Markdown::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Markdown read(Path file) {
    List<String> prose = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    String language = null;
    StringBuilder code = new StringBuilder();
    for (String line : lines(file)) {
      Matcher fence = FENCE.matcher(line);
      if (!fence.matches()) {
        if (language == null) {
          prose.add(line);
        } else {
          code.append(line).append('\n');
        }
      } else if (language == null) {
        language = fence.group(1);
        code.setLength(0);
      } else {
        blocks.add(new Block(language, code.toString()));
        language = null;
      }
    }
    if (language != null) {
      throw new AssertionError(file + " has a code block without an end.");
    }
    return new Markdown(file, List.copyOf(prose), List.copyOf(blocks));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of one language. */
  List<String> blocks(String language) {
    return blocks.stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .toList();
  }

  /** The targets of its links, as written; code in a line is not looked at. */
  List<String> links() {
    return prose.stream()
        .map(line -> line.replaceAll("`[^`]*`", "code"))
        .flatMap(line -> LINK.matcher(line).results())
        .map(found -> found.group(1))
        .toList();
  }

  /** What can stand behind the # of a link to it. */
  List<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    List<String> anchors = new ArrayList<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String slug = slug(heading.group(1));
        int before = seen.merge(slug, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? slug : slug + "-" + before);
      }
    }
    return anchors;
  }

  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
        .replace(' ', '-');
  }
}
