package io.nnnco.nhub;

import static io.nnnco.nhub.DoctorScene.clientWithToken;
import static io.nnnco.nhub.DoctorScene.diagnose;
import static io.nnnco.nhub.DoctorScene.scene;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import io.nnnco.nhub.testkit.Occurrence;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Faults of the management API and its token, while the bridge works. */
final class DoctorApiScenes {
  private DoctorApiScenes() {}

  static List<DoctorScene> all() {
    return List.of(
        scene(
            "wrong token",
            FindingCode.TOKEN_REJECTED,
            fake -> diagnose(clientWithToken(fake).managementToken(Secret.of(DoctorScene.CANARY)))),
        faulty("403", FindingCode.TOKEN_FORBIDDEN, new ApiFault.Respond(403)),
        faulty("404", FindingCode.TOKEN_WRONG_ADDRESS, new ApiFault.Respond(404)),
        faulty(
            "429",
            FindingCode.TOKEN_RATE_LIMITED,
            ApiFault.Respond.rateLimited(Duration.ofSeconds(30))),
        faulty("500", FindingCode.TOKEN_SERVER_ERROR, new ApiFault.Respond(500)),
        faulty("HTML", FindingCode.TOKEN_NOT_THE_API, ApiFault.Respond.htmlPage(200)),
        faulty(
            "redirect",
            FindingCode.TOKEN_UNEXPECTED_STATUS,
            new ApiFault.Respond(302, Map.of("Location", "https://login.example.com/"), "")),
        faulty("silence", FindingCode.TOKEN_API_TIMEOUT, new ApiFault.HalfOpen()),
        scene(
            "API not reachable",
            FindingCode.TOKEN_API_UNREACHABLE,
            fake ->
                diagnose(
                    NHubClient.builder(
                            NHubEnvironment.at(
                                URI.create("http://localhost:" + ClosedPort.number() + "/"),
                                "localhost",
                                fake.environment().mqttPort()))
                        .credentials(fake.identity())
                        .managementToken(fake.adminToken()))),
        scene(
            "API with a certificate of a private CA",
            FindingCode.TOKEN_API_UNTRUSTED,
            FakeNHubBuilder::https,
            fake -> diagnose(clientWithToken(fake))),
        scene(
            "token provider that fails",
            FindingCode.TOKEN_UNAVAILABLE,
            fake ->
                diagnose(
                    DoctorScene.client(fake)
                        .management(
                            api ->
                                api.tokenProvider(
                                    () -> {
                                      throw new IllegalStateException(DoctorScene.CANARY);
                                    })))));
  }

  private static DoctorScene faulty(String name, FindingCode expected, ApiFault fault) {
    return scene(
        "API: " + name,
        expected,
        fake -> {
          fake.inject(fault, Occurrence.always());
          return diagnose(clientWithToken(fake));
        });
  }
}
