package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.core.internal.OwnerOnly;
import io.nnnco.nhub.diagnosis.Diagnosis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Security;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Scanner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What support asks for first, in one file that only its owner can read: versions, settings, what
 * the doctor found, and the last lines of a log. No secret of the settings is in it, whole or in
 * pieces, nor anything that looks like a key, a password or a token.
 */
final class SupportBundle {
  private static final int LOG_LINES = 200;
  private static final int LINE_LENGTH = 1_000;
  private static final List<String> PROPERTIES =
      List.of(
          "java.version",
          "java.vendor",
          "java.vm.name",
          "os.name",
          "os.version",
          "os.arch",
          "user.timezone",
          "https.proxyHost",
          "https.proxyPort",
          "socksProxyHost",
          "java.net.useSystemProxies",
          "java.net.preferIPv4Stack",
          "javax.net.ssl.trustStore");

  /** Of other programs, or of last month: not known from the settings. */
  private static final Pattern LOOKS_SECRET =
      Pattern.compile(
          "(?i)(://)[^/\\s@]+@"
              + "|(\\b(?:bearer|basic)\\s+)[^\\s\"',;]+"
              + "|((?:passw(?:or)?d|passphrase|secret|token|authorization|api[-_ ]?key)"
              + "[\"']?\\s*[:=]\\s*[\"']?(?:bearer\\s+|basic\\s+|token\\s+)?)[^\\s\"',;&]+");

  private final Target target;
  private final @Nullable Path log;
  private final ForeignText redaction;

  SupportBundle(Target target, @Nullable Path log) {
    this.target = target;
    this.log = log;
    this.redaction = ForeignText.without(target.secrets());
  }

  /** Replaces the file as a whole, or not at all. */
  void write(Diagnosis diagnosis, Path file) throws IOException {
    Path directory = file.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(
          ExitCode.FILES, "The bundle was not written: " + directory + " is not a directory.");
    }
    Path draft = Files.createTempFile(directory, "bundle", ".tmp", OwnerOnly.file(directory));
    try {
      Files.writeString(draft, text(diagnosis));
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private String text(Diagnosis diagnosis) throws IOException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    out.println("N-Hub support bundle of " + diagnosis.at() + ", made by nhub doctor.");
    out.println("No key, token or password of the settings is in it; look through the log lines.");
    section(out, "Versions");
    out.println(new Version().getVersion()[0]);
    PROPERTIES.forEach(name -> property(out, name));
    out.println(
        "jdk.tls.disabledAlgorithms = " + Security.getProperty("jdk.tls.disabledAlgorithms"));
    section(out, "Settings");
    target.overview().forEach(setting -> out.println(redaction.name(setting, LINE_LENGTH)));
    section(out, "Diagnosis");
    new DoctorText(new Paint(false)).print(diagnosis, out);
    section(out, "Diagnosis, for programs");
    out.println(DoctorJson.of(diagnosis));
    if (log != null) {
      section(out, "The last lines of " + log);
      withoutKeys(lastLines(log)).forEach(line -> out.println(redacted(line)));
    }
    return text.toString();
  }

  private String redacted(String line) {
    return redaction.line(LOOKS_SECRET.matcher(line).replaceAll("$1$2$3[hidden]"), LINE_LENGTH);
  }

  /** The last line of a key's text is too short to be recognised by itself. */
  private static List<String> withoutKeys(Deque<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.contains("-----END") && !inside) { // Its beginning is further up in the log.
        kept.replaceAll(any -> "[hidden]");
        inside = true;
      }
      inside |= line.contains("-----BEGIN");
      kept.add(inside ? "[hidden]" : line);
      inside &= !line.contains("-----END");
    }
    return kept;
  }

  private static void section(PrintWriter out, String title) {
    out.printf("%n== %s ==%n", title);
  }

  private void property(PrintWriter out, String name) {
    String value = System.getProperty(name);
    if (value != null && !value.isEmpty()) {
      out.println(name + " = " + redaction.name(value, LINE_LENGTH));
    }
  }

  /** In one pass, since a log may be large; bytes that are no text are shown as such. */
  private static Deque<String> lastLines(Path log) throws IOException {
    Deque<String> lines = new ArrayDeque<>();
    try (Scanner scanner = new Scanner(log, StandardCharsets.UTF_8)) {
      while (scanner.hasNextLine()) {
        if (lines.size() == LOG_LINES) {
          lines.remove();
        }
        lines.add(scanner.nextLine());
      }
    }
    return lines;
  }
}
