package io.nnnco.nhub.cli;

import io.nnnco.nhub.management.CertificateStatus;
import io.nnnco.nhub.management.MqttCertificate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/** Certificates for a person: one per line, in columns. */
final class CertificateTable {
  private static final List<String> HEADER = List.of("ID", "NAME", "STATUS", "EXPIRES", "API KEY");
  private static final int STATUS = 2;

  private CertificateTable() {}

  static void print(
      List<MqttCertificate> certificates, PrintWriter out, PrintWriter err, Paint paint) {
    if (certificates.isEmpty()) {
      err.println("nhub: there are no certificates.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    certificates.forEach(certificate -> rows.add(row(certificate)));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      out.println(line(row, widths, paint));
    }
  }

  private static String line(List<String> row, int[] widths, Paint paint) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      Style style = row == HEADER ? Style.bold : i == STATUS ? style(cell) : Style.reset;
      line.append(style == Style.reset ? cell : paint.as(style, cell));
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - cell.length() + 2));
      }
    }
    return line.toString();
  }

  private static Style style(String status) {
    return switch (CertificateStatus.valueOf(status.toUpperCase(Locale.ROOT))) {
      case ACTIVE -> Style.fg_green;
      case REVOKED -> Style.fg_red;
      case EXPIRED, UNKNOWN -> Style.fg_yellow;
    };
  }

  private static List<String> row(MqttCertificate certificate) {
    return List.of(
        text(certificate.id()),
        text(certificate.name()),
        certificate.status().name().toLowerCase(Locale.ROOT),
        text(certificate.expiresAt()),
        text(certificate.apiKeyId()));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : PlainText.of(value.toString());
  }
}
