package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/doctor.md says what the doctor says: its transcripts are run, its table compared. */
@NHubTest
final class DoctorGuideTest {
  private static final Path GUIDE = Path.of("../docs/doctor.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_.0-9]+)` \\| ([^|]+) \\| ([^|]*) \\|");

  @Test
  void transcripts_runAgain_sayTheSame(FakeNHub fake, @TempDir Path dir) throws IOException {
    InstantSource system = InstantSource.system();
    InstantSource tomorrow = () -> system.instant().plus(Duration.ofDays(1));
    try (FakeNHub ahead = FakeNHub.builder().clock(tomorrow).start()) {
      new FakeDirectory(dir.resolve("D")).write(fake, "nnn.acme");
      new FakeDirectory(dir.resolve("ahead")).write(ahead, "nnn.acme");
      fake.identities().revoked("nnn.acme").save(dir.resolve("revoked"));
      fake.identity().save(dir.resolve("wrong-ca"));
      Files.writeString(dir.resolve("wrong-ca/ca.crt"), ahead.caCertificatePem());
      for (FakeNHub each : List.of(fake, ahead)) {
        each.subscriptions().follow(any -> each.publish(FakeMessage.uplink("ROOM-1")));
      }
      String guide = Files.readString(GUIDE);

      Transcripts transcripts = new Transcripts(new Cli(dir), dir);
      String rerun = transcripts.rerun(guide);

      // To take over what it says now: cp target/doctor.md ../docs/
      Files.writeString(Path.of("target/doctor.md"), rerun);
      assertEquals(Transcripts.likeness(guide), Transcripts.likeness(rerun));
      assertTrue(transcripts.count() >= 5, "only " + transcripts.count() + " commands were run");
    }
  }

  @Test
  void codes_eachHasARow_withItsErrorInOrder() throws IOException {
    List<String> rows =
        Files.readAllLines(GUIDE).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1) + " " + row.group(3).strip())
            .toList();
    List<String> codes =
        Arrays.stream(FindingCode.values())
            .map(code -> code.id() + " " + code.error().map(ErrorCode::id).orElse(""))
            .toList();

    assertEquals(String.join("\n", codes), String.join("\n", rows));
  }
}
