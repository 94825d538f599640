package io.nnnco.nhub.cli;

import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.management.ManagementBuilder;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The options of a command that calls the management API. */
final class ManagementOptions extends PlatformOptions {
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(20);

  @Mixin private final ApiUrlOption apiUrl = new ApiUrlOption();

  @Override
  void collect(Map<Setting, String> values) {
    apiUrl.collect(values);
  }

  /** The API, to be closed after use. */
  Management management() {
    Target target = target();
    Duration attempt = timeout().compareTo(LONGEST_ATTEMPT) < 0 ? timeout() : LONGEST_ATTEMPT;
    ManagementBuilder builder = Management.builder(target.api());
    return Mistakes.told(
        () -> builder.token(target.token()).callTimeout(timeout()).attemptTimeout(attempt).build());
  }
}
