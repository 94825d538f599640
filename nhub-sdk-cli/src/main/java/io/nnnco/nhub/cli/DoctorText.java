package io.nnnco.nhub.cli;

import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.Finding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi.Style;

/** A diagnosis for people: a line per finding, then the verdict. */
final class DoctorText {
  private final Paint paint;

  DoctorText(Paint paint) {
    this.paint = paint;
  }

  void print(Diagnosis diagnosis, PrintWriter out) {
    diagnosis.findings().forEach(finding -> out.println(line(finding)));
    Optional<Finding> verdict = diagnosis.verdict();
    out.println();
    if (verdict.isEmpty()) {
      out.println(paint.as(Style.bold, "All is well."));
    } else {
      Finding finding = verdict.get();
      out.println(paint.as(Style.bold, status(finding).strip() + ": " + finding.code()));
      out.println("  seen   " + PlainText.oneLine(finding.evidence()));
      out.println("  cause  " + PlainText.oneLine(finding.cause()));
      out.println("  fix    " + PlainText.oneLine(finding.fix()));
    }
  }

  private String line(Finding finding) {
    Style style =
        switch (finding.status()) {
          case OK -> Style.fg_green;
          case SKIPPED -> Style.faint;
          case WARNING -> Style.fg_yellow;
          case FAULT -> Style.fg_red;
        };
    String step = finding.step().name().toLowerCase(Locale.ROOT);
    return paint.as(style, status(finding))
        + " "
        + "%-13s".formatted(step)
        + " "
        + PlainText.oneLine(finding.evidence());
  }

  private static String status(Finding finding) {
    return "%-5s"
        .formatted(
            switch (finding.status()) {
              case OK -> "ok";
              case SKIPPED -> "-";
              case WARNING -> "warn";
              case FAULT -> "FAULT";
            });
  }
}
