package io.nnnco.nhub.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the management API is, for the commands that call it. */
final class ApiUrlOption {
  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "The management API, for an N-Hub without an environment name.")
  private @Nullable String apiUrl;

  void collect(Map<Setting, String> values) {
    if (apiUrl != null) {
      values.put(Setting.API_URL, apiUrl);
    }
  }
}
