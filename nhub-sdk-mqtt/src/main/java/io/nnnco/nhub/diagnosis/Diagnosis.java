package io.nnnco.nhub.diagnosis;

import io.nnnco.nhub.core.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a diagnosis found, step by step. Immutable; {@code toString} has a line per finding, and
 * then the verdict.
 *
 * @param at when it began, by this machine's clock
 * @param took how long it took
 * @param bridge the bridge's host and port
 * @param topicFilters what was subscribed to, or would have been
 * @param findings what was found, in the order of {@link DiagnosisStep}; each step has at least one
 */
public record Diagnosis(
    Instant at, Duration took, String bridge, List<String> topicFilters, List<Finding> findings) {
  /**
   * Copies the lists, and puts the findings in the order of the steps.
   *
   * @param at when it began
   * @param took how long it took
   * @param bridge the bridge's host and port
   * @param topicFilters what was subscribed to, or would have been
   * @param findings what was found
   */
  public Diagnosis {
    topicFilters = List.copyOf(topicFilters);
    findings = findings.stream().sorted(Comparator.comparing(Finding::step)).toList();
  }

  /**
   * The finding that explains the rest: the first fault on the way to the messages. A fault that
   * does not stand in their way, such as a wrong management token, counts only if there is no
   * other; and a warning only if there is no fault.
   *
   * @return the finding to act on first; empty if all is well
   */
  public Optional<Finding> verdict() {
    return first(FindingStatus.FAULT, true)
        .or(() -> first(FindingStatus.FAULT, false))
        .or(() -> first(FindingStatus.WARNING, false));
  }

  /**
   * The worst status of the findings.
   *
   * @return {@code FAULT}, {@code WARNING} or {@code OK}
   */
  public FindingStatus status() {
    return verdict().map(Finding::status).orElse(FindingStatus.OK);
  }

  /**
   * What was found at one step.
   *
   * @param step the step
   * @return its findings, in the order in which they were made
   */
  public List<Finding> at(DiagnosisStep step) {
    return findings.stream().filter(finding -> finding.step() == step).toList();
  }

  private Optional<Finding> first(FindingStatus status, boolean inTheWay) {
    return findings.stream()
        .filter(finding -> finding.status() == status)
        .filter(finding -> !inTheWay || isInTheWay(finding))
        .findFirst();
  }

  /** Without credentials, the rest of the way can still be looked at, and may be worse. */
  private static boolean isInTheWay(Finding finding) {
    return finding.step() != DiagnosisStep.TOKEN
        && finding.code() != FindingCode.CONFIGURATION_NO_CREDENTIALS;
  }

  @Override
  public String toString() {
    return findings.stream()
        .map(finding -> finding + "\n")
        .collect(
            Collectors.joining(
                "", "", verdict().map(Object::toString).orElse("All is well.") + tookText()));
  }

  private String tookText() {
    return " (" + bridge + ", " + DurationText.of(took) + ")";
  }
}
