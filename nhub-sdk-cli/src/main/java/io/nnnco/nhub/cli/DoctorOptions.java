package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.NHubClientBuilder;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.identity.Credentials;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Mixin;

/** The options of a command that looks at bridge and API, with whatever is set. */
final class DoctorOptions extends ConnectionOptions {
  @Mixin private final ApiUrlOption apiUrl = new ApiUrlOption();

  @Override
  void collect(Map<Setting, String> values) {
    super.collect(values);
    apiUrl.collect(values);
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
