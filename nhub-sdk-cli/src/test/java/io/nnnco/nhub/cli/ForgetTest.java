package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.cli.Cli.Result;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NHubTest(leakCheck = false)
final class ForgetTest {
  @TempDir private Path dir = Path.of("unused");

  private static void assertSays(String line, Result result) {
    assertEquals(line + System.lineSeparator(), result.out(), result.err());
    assertEquals("", result.err());
    assertEquals(0, result.exit());
  }

  @Test
  void forget_ofADurableTail_endsItsSession_andWhatWasKeptIsGone(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir);
    String[] durable = {"tail", "nnn.acme", "--durable", "mine", "--count", "1"};
    try (RunningCommand tail = cli.start(durable)) {
      tail.awaitError("connected. Ctrl-C ends.");
      fake.publish(FakeMessage.uplink("SEEN"));
      assertEquals(0, tail.awaitExit());
    }
    fake.publish(FakeMessage.uplink("KEPT")).deliveries();

    assertSays("forgotten    mine", cli.run("forget", "nnn.acme", "--durable", "mine"));

    try (RunningCommand tail = cli.start(durable)) {
      tail.awaitError("connected. Ctrl-C ends.");
      fake.publish(FakeMessage.uplink("NEW"));
      tail.awaitLine("NEW");
    }
  }

  @Test
  void forget_whereNothingIsKept_saysSo(FakeNHub fake) {
    assertSays(
        "Nothing was kept for none.",
        Cli.of(fake, dir).run("forget", "nnn.acme", "--durable", "none"));
  }

  @Test
  void forget_whileItsTailRuns_endsThatToo(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir);
    try (RunningCommand tail = cli.start("tail", "nnn.acme", "--durable", "mine")) {
      tail.awaitError("connected");

      assertSays("forgotten    mine", cli.run("forget", "nnn.acme", "--durable", "mine"));

      tail.awaitError("NHUB-CON-001");
      assertEquals(ExitCode.REFUSED.code(), tail.awaitExit());
    }
  }

  @Test
  void forget_thatCannotBe_isOneLineWithACode(FakeNHub fake) {
    Cli cli = Cli.of(fake, dir);

    cli.run("forget", "nnn.acme").assertFailed(ExitCode.MISTAKE, "--durable");
    cli.run("forget", "nnn.acme", "--durable", "a b")
        .assertFailed(ExitCode.MISTAKE, "A durable name has");
    cli.run("forget", "nnn.other", "--durable", "a").assertFailed(ExitCode.REFUSED, "NHUB-SUB-001");
    cli.with(Setting.MQTT, "no-such-host.invalid")
        .run("forget", "nnn.acme", "--durable", "a")
        .assertFailed(ExitCode.UNREACHABLE, "NHUB-NET-001");
  }
}
