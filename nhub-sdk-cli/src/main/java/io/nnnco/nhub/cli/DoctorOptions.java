package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.identity.Credentials;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that looks at bridge and API, with whatever is set. */
final class DoctorOptions extends ConnectionOptions {
  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "The management API, for an N-Hub without an environment name.")
  private @Nullable String apiUrl;

  @Override
  void collect(Map<Setting, String> values) {
    super.collect(values);
    if (apiUrl != null) {
      values.put(Setting.API_URL, apiUrl);
    }
  }

  /** Diagnoses; files that cannot be used are a part of that. */
  Diagnosis diagnose(Target target, DiagnosisOptions options) {
    NHubClientBuilder client = NHubClient.builder(target.both());
    target.tokenIfSet().ifPresent(client::managementToken);
    AtomicReference<CommandFailure> mistake = new AtomicReference<>();
    try (NHubClient nhub = client.build()) {
      Diagnosis diagnosis =
          nhub.diagnose(
              target.hasCredentials()
                  ? options.withCredentials(() -> credentials(target, mistake))
                  : options);
      CommandFailure made = mistake.get();
      if (made != null) {
        throw made;
      }
      return diagnosis;
    }
  }

  /** A mistake in the settings is the caller's, and no finding. */
  private static Credentials credentials(Target target, AtomicReference<CommandFailure> mistake) {
    try {
      return target.credentials();
    } catch (CommandFailure e) {
      mistake.set(e);
      throw e;
    }
  }
}
