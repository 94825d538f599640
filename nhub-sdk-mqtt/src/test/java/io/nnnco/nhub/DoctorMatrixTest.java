package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisStep;
import io.nnnco.nhub.diagnosis.Finding;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.diagnosis.FindingStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each fault has a finding of its own, with advice, in less than ten seconds. */
class DoctorMatrixTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int AT_ONCE = 8;

  private static final List<DoctorScene> SCENES =
      Stream.of(
              DoctorNetworkScenes.all(),
              DoctorTlsScenes.all(),
              DoctorIdentityScenes.all(),
              DoctorBridgeScenes.all(),
              DoctorApiScenes.all())
          .flatMap(List::stream)
          .toList();

  @Test
  void diagnose_eachFault_hasItsOwnFindingWithAdvice() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<String> wrong = new ArrayList<>();
    try {
      List<Future<Diagnosis>> running = new ArrayList<>();
      for (DoctorScene scene : SCENES) {
        running.add(threads.submit(() -> scene.play().diagnosis()));
      }
      for (int i = 0; i < SCENES.size(); i++) {
        Diagnosis diagnosis = running.get(i).get();
        Finding verdict = diagnosis.verdict().orElse(null);
        if (verdict == null || verdict.code() != SCENES.get(i).expected()) {
          wrong.add(
              SCENES.get(i).fault() + " should be " + SCENES.get(i).expected() + ":\n" + diagnosis);
        } else {
          assertSound(SCENES.get(i), diagnosis, verdict);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of(), wrong, () -> String.join("\n\n", wrong));
  }

  private static void assertSound(DoctorScene scene, Diagnosis diagnosis, Finding verdict) {
    String all = diagnosis.toString();
    assertTrue(diagnosis.took().compareTo(LONGEST) < 0, () -> scene.fault() + ": " + all);
    assertFalse(all.contains(DoctorScene.CANARY), all);
    assertFalse(verdict.evidence().isBlank() || verdict.cause().isBlank(), all);
    assertTrue(verdict.fix().length() > 10, all);
    assertTrue(verdict.status() != FindingStatus.OK, all);
    for (DiagnosisStep step : DiagnosisStep.values()) {
      assertFalse(diagnosis.at(step).isEmpty(), () -> step + " is missing for " + scene.fault());
    }
    assertEquals(
        diagnosis.findings().size(),
        diagnosis.findings().stream()
            .filter(finding -> finding.step() == finding.code().step())
            .count());
  }

  @Test
  void matrix_noTwoFaults_shareADiagnosis() {
    assertTrue(SCENES.size() >= 30, () -> SCENES.size() + " scenes");
    Map<FindingCode, Long> counts =
        SCENES.stream()
            .map(DoctorScene::expected)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquals(
        List.of(), counts.entrySet().stream().filter(entry -> entry.getValue() > 1).toList());
  }

  @Test
  void codes_haveIdsOfTheirOwn_thatBeginWithTheirStep() {
    List<String> ids = Arrays.stream(FindingCode.values()).map(FindingCode::id).toList();

    assertEquals(ids.size(), ids.stream().distinct().count());
    assertEquals("tls.untrusted_issuer", FindingCode.TLS_UNTRUSTED_ISSUER.id());
    assertEquals(DiagnosisStep.TLS, FindingCode.TLS_UNTRUSTED_ISSUER.step());
  }
}
