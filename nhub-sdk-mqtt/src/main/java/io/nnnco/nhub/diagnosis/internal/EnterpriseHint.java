package io.nnnco.nhub.diagnosis.internal;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.identity.ClientIdentity;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For which enterprise a client certificate seems to have been issued: the organization of its
 * subject, if that has the form of a code. Only a hint; the platform does not promise it.
 */
final class EnterpriseHint {
  private static final Pattern ORGANIZATION = Pattern.compile("(?:^|,)O=([^,+]+)");
  private static final int TYPO = 2;

  private EnterpriseHint() {}

  static Optional<Enterprise> in(ClientIdentity identity) {
    Matcher organization =
        ORGANIZATION.matcher(identity.certificate().getSubjectX500Principal().getName());
    return organization.find() && organization.group(1).indexOf('.') > 0
        ? Enterprise.parse(organization.group(1))
        : Optional.empty();
  }

  /** Whether one is the other with a letter or two changed, added or left out, or in other case. */
  static boolean isTypo(String one, String other) {
    return !one.equals(other) && (one.equalsIgnoreCase(other) || distance(one, other) <= TYPO);
  }

  /** By Levenshtein. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
