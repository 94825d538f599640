package io.nnnco.nhub.micrometer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of meters in docs/metrics.md. */
final class DocumentedMeters {
  static final Path DOCS = Path.of("../../docs");

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(nhub\\.[a-z.]+)` \\| (\\w+) \\| ([^|]*)\\| [^|]+ \\| `(nhub_[a-z_]+)` \\|$",
          Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A row: the meter, {@code counter}, {@code gauge} or {@code timer}, its own tags. */
  record Row(String name, String type, Set<String> tags, String prometheus) {
    /** The names of its series in Prometheus, without those of buckets. */
    List<String> series() {
      return type.equals("timer")
          ? Stream.of("_count", "_sum", "_max").map(prometheus::concat).toList()
          : List.of(prometheus);
    }

    boolean hasBuckets() {
      return type.equals("timer") && !name.equals("nhub.management.requests");
    }

    /** The names of all its series. */
    Stream<String> allSeries() {
      return hasBuckets()
          ? Stream.concat(series().stream(), Stream.of(prometheus + "_bucket"))
          : series().stream();
    }
  }

  private DocumentedMeters() {}

  static List<Row> rows() {
    return ROW.matcher(read(DOCS.resolve("metrics.md")))
        .results()
        .map(DocumentedMeters::row)
        .toList();
  }

  private static Row row(MatchResult found) {
    Set<String> tags = new TreeSet<>();
    CODE.matcher(found.group(3)).results().forEach(tag -> tags.add(tag.group(1)));
    return new Row(found.group(1), found.group(2), tags, found.group(4));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
