package io.nnnco.nhub;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import io.nnnco.nhub.testkit.Fault;
import io.nnnco.nhub.testkit.Occurrence;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A fault, the finding that it must lead to, and how to get there.
 *
 * @param fault in words
 * @param expected the verdict's code
 * @param play causes the fault, and diagnoses it
 */
record DoctorScene(String fault, FindingCode expected, Play play) {
  /** What every client of a scene is given, and no finding may show. */
  static final String CANARY = "canary-83fa61";

  static final String ACME = "nnn.acme";

  /** Runs once, by itself. */
  @FunctionalInterface
  interface Play {
    Diagnosis diagnosis() throws Exception;
  }

  /** Runs on a fake of its own. */
  @FunctionalInterface
  interface FakePlay {
    Diagnosis diagnosis(FakeNHub fake) throws Exception;
  }

  static DoctorScene scene(String fault, FindingCode expected, FakePlay play) {
    return scene(fault, expected, fake -> {}, play);
  }

  static DoctorScene scene(
      String fault, FindingCode expected, Consumer<FakeNHubBuilder> setUp, FakePlay play) {
    return new DoctorScene(
        fault,
        expected,
        () -> {
          FakeNHubBuilder builder = FakeNHub.builder();
          setUp.accept(builder);
          try (FakeNHub fake = builder.start()) {
            return play.diagnosis(fake);
          }
        });
  }

  /** The same fault at every opportunity. */
  static DoctorScene scene(String name, FindingCode expected, Fault fault) {
    return scene(
        name,
        expected,
        fake -> {
          fake.inject(fault, Occurrence.always());
          return diagnose(client(fake));
        });
  }

  static NHubClientBuilder client(FakeNHub fake) {
    return NHubClient.builder(fake.environment()).credentials(fake.identity());
  }

  static NHubClientBuilder clientWithToken(FakeNHub fake) {
    return client(fake).managementToken(fake.adminToken());
  }

  static NHubEnvironment bridgeAt(FakeNHub fake, String host, int port) {
    return NHubEnvironment.at(fake.environment().api(), host, port);
  }

  static Diagnosis diagnose(NHubClientBuilder builder) {
    return diagnose(builder, options(ACME));
  }

  static Diagnosis diagnose(NHubClientBuilder builder, DiagnosisOptions options) {
    try (NHubClient client = builder.build()) {
      return client.diagnose(options);
    }
  }

  /** With the default time limits, but no wait for messages. */
  static DiagnosisOptions options(String enterprise) {
    return DiagnosisOptions.of(SubscribeOptions.builder(enterprise).build())
        .withMessageWait(Duration.ZERO);
  }
}
