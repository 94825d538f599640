package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NHubTest(leakCheck = false)
final class TailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path dir = Path.of("unused");

  private static FakeMessage roomOne() {
    return FakeMessage.uplink("ROOM-1")
        .at(Instant.parse("2026-03-17T02:03:04Z"))
        .reading("temperature", 4.50, "°C")
        .reading("door_open", false, null)
        .radio(-95, 7.5, "GW001");
  }

  @Test
  void tail_printsALineForEachMessage_andASummaryWhenInterrupted(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).start("tail", "nnn.acme")) {
      tail.awaitError("connected. Ctrl-C ends.");
      fake.publish(roomOne());

      assertEquals(
          // 02:03:04 UTC in Sydney, where the tests live
          "13:03:04  uplink    ROOM-1             "
              + "-95 dBm /  7.5 dB  temperature=4.5 °C  door_open=false",
          tail.awaitLine("ROOM-1"));
      fake.acks().take(PATIENCE);
      assertEquals(130, tail.interrupt());
      assertEquals(
          "nhub: 1 shown; 1 received, 1 acknowledged, 0 undecodable, 0 reconnects",
          tail.awaitError("shown"));
    }
  }

  @Test
  void tail_onATerminal_isColoured_unlessNoColorIsSet(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).onATerminal().start("tail", "nnn.acme");
        RunningCommand plain =
            Cli.of(fake, dir).onATerminal().with("NO_COLOR", "1").start("tail", "nnn.acme")) {
      tail.awaitError("connected");
      plain.awaitError("connected");
      fake.publish(roomOne());

      assertTrue(tail.awaitLine("ROOM-1").contains("\u001b[32muplink  \u001b[0m"));
      assertFalse(plain.awaitLine("ROOM-1").contains("\u001b"));
    }
  }

  @Test
  void tail_ofAnEvilDevice_leavesTheTerminalAlone(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).start("tail", "nnn.acme")) {
      tail.awaitError("connected");
      fake.publish(FakeMessage.uplink("EVIL").reading("\u001b[2J@|red x|@\u202e\n", 1, null));

      String line = tail.awaitLine("EVIL");
      assertTrue(line.contains("[2J@|red x|@ =1"), line);
      assertFalse(line.contains("\u001b") || line.contains("\u202e"), line);
    }
  }

  @Test
  void tail_asJson_isWhatThePlatformSent_andHowItCame(FakeNHub fake) throws Exception {
    Cli cli = Cli.of(fake, dir).onATerminal();
    try (RunningCommand tail = cli.start("tail", "nnn.acme", "--json", "--count", "1")) {
      tail.awaitError("connected");
      String topic = "v4/groups/nnn.acme.master/ABC/uplinks";
      fake.publish(
          topic,
          """
          {"device_id": "ABC", "timestamp_ms": 1710300000000, "new_field": {"a": [1, null]},
           "readings": [{"channel_id": "t", "value": 22.50, "unit": "°C\\u001b"}],
           "delivery": "not this one"}
          """);

      String line = tail.awaitLine("{");
      JsonNode json = new ObjectMapper().readTree(line);
      assertEquals(0, tail.awaitExit());
      assertFalse(line.contains("\u001b"), line);
      assertTrue(line.contains("\"value\":22.50,\"unit\":\"°C\\u001B\""), line);
      assertEquals("ABC", json.get("device_id").asText());
      assertEquals(1_710_300_000_000L, json.get("timestamp_ms").asLong());
      assertEquals("{\"a\":[1,null]}", json.get("new_field").toString());
      assertEquals("uplink", json.at("/delivery/kind").asText());
      assertEquals(topic, json.at("/delivery/topic").asText());
      assertEquals("nnn.acme", json.at("/delivery/enterprise").asText());
      assertEquals(1, json.at("/delivery/qos").asInt());
      assertFalse(json.at("/delivery/redelivered").asBoolean(true));
      Instant.parse(json.at("/delivery/received_at").asText());
    }
  }

  @Test
  void tail_withACount_endsByItself_withThatManyAcknowledged(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).start("tail", "nnn.acme", "--count", "3")) {
      tail.awaitError("connected");
      for (int i = 0; i < 10; i++) {
        fake.publish(FakeMessage.uplink("D" + i));
      }

      assertEquals(0, tail.awaitExit());
      assertEquals(3, tail.remainingLines().size());
      assertTrue(tail.awaitError("shown").matches("nhub: 3 shown; \\d+ received, 3 ack.*"));
    }
  }

  @Test
  void tail_ofDevices_leavesOutTheOthers(FakeNHub fake) throws Exception {
    try (RunningCommand tail =
        Cli.of(fake, dir)
            .start("tail", "nnn.acme", "--device", "A", "--device", "C", "--count", "2")) {
      tail.awaitError("connected");
      fake.publish(FakeMessage.uplink("A"));
      fake.publish(FakeMessage.uplink("B"));
      fake.publish(FakeMessage.uplink("C"));

      assertEquals(0, tail.awaitExit());
      List<String> lines = tail.remainingLines();
      assertTrue(lines.get(0).contains("uplink    A"), lines::toString);
      assertTrue(lines.get(1).contains("uplink    C"), lines::toString);
    }
  }

  @Test
  void tail_ofKinds_printsThoseOnly(FakeNHub fake) throws Exception {
    try (RunningCommand tail =
        Cli.of(fake, dir).start("tail", "nnn.acme", "--kinds", "joins,downlinks", "--count", "2")) {
      tail.awaitError("connected");
      fake.publish(FakeMessage.uplink("A"));
      fake.publish(FakeMessage.join("A").field("dev_addr", "01AB"));
      fake.publish(FakeMessage.downlink("A"));

      assertEquals(0, tail.awaitExit());
      List<String> lines = tail.remainingLines();
      assertTrue(lines.get(0).contains("join      A "), lines::toString);
      assertTrue(lines.get(0).contains("dev_addr=\"01AB\""), lines::toString);
      assertTrue(lines.get(1).contains("downlink  A "), lines::toString);
    }
  }

  @Test
  void tail_withQosZero_acknowledgesNothing(FakeNHub fake) throws Exception {
    try (RunningCommand tail =
        Cli.of(fake, dir).start("tail", "nnn.acme", "--qos", "0", "--count", "1")) {
      tail.awaitError("connected");
      fake.publish(FakeMessage.uplink("A"));

      assertEquals(0, tail.awaitExit());
      assertTrue(tail.awaitError("shown").contains(" 0 acknowledged"));
      assertEquals(0, fake.subscriptions().all().get(0).reasonCode());
    }
  }

  @Test
  void durableTails_oneAfterTheOther_loseNothing(FakeNHub fake) throws Exception {
    List<String> shown = new ArrayList<>();
    String[] arguments = {"tail", "nnn.acme", "--durable", "two-tails", "--count", "5", "--json"};
    try (RunningCommand first = Cli.of(fake, dir).start(arguments)) {
      first.awaitError("connected");
      for (int i = 0; i < 7; i++) {
        fake.publish(FakeMessage.uplink("D" + i));
      }
      assertEquals(0, first.awaitExit());
      shown.addAll(devices(first.remainingLines()));
    }
    for (int i = 7; i < 10; i++) {
      fake.publish(FakeMessage.uplink("D" + i));
    }
    try (RunningCommand second = Cli.of(fake, dir).start(arguments)) {
      second.awaitError("kept the session");
      assertEquals(0, second.awaitExit());
      shown.addAll(devices(second.remainingLines()));
    }

    shown.sort(null);
    assertEquals(List.of("D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"), shown);
  }

  @Test
  void durableTail_thatAsksForLess_getsTheRestOfWhatItAskedForBefore_andSaysSo(FakeNHub fake)
      throws Exception {
    Cli cli = Cli.of(fake, dir);
    try (RunningCommand all = cli.start("tail", "nnn.acme", "--durable", "less")) {
      all.awaitError("connected");
      assertEquals(130, all.interrupt());
    }
    fake.publish(FakeMessage.uplink("ROOM-2"));
    try (RunningCommand one =
        cli.start("tail", "nnn.acme", "--durable", "less", "--device", "ROOM-1")) {
      one.awaitLine("ROOM-2");
      one.awaitError("subscribed to more before");
      fake.publish(FakeMessage.uplink("ROOM-2"));
      fake.publish(roomOne());
      one.awaitLine("ROOM-1");
      assertEquals(130, one.interrupt());
      assertEquals(
          "nhub: 2 shown; 2 received, 2 acknowledged, 0 undecodable, 0 reconnects",
          one.awaitError("shown"));
    }
  }

  @Test
  void tail_whoseReaderHasGone_endsQuietly_andDoesNotAcknowledgeWhatWasNotRead(FakeNHub fake)
      throws Exception {
    Writer gone =
        new FilterWriter(new StringWriter()) {
          @Override
          public void write(String text, int from, int length) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (RunningCommand tail = Cli.of(fake, dir).startInto(gone, "tail", "nnn.acme")) {
      tail.awaitError("connected. Ctrl-C ends.");
      fake.publish(FakeMessage.uplink("A"));

      assertEquals(0, tail.awaitExit());
      assertEquals(List.of(), tail.remainingErrors());
    }
    fake.disconnects().take(PATIENCE); // the bridge has read what came before it
    assertEquals(0, fake.acks().all().size());
  }

  @Test
  void tail_whoseConnectionBreaks_saysSoAndGoesOn(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).start("tail", "nnn.acme")) {
      tail.awaitError("connected");
      fake.dropConnections();

      assertTrue(tail.awaitError("NHUB-NET-004").contains("Next attempt in "));
      tail.awaitError("reconnected");
      fake.publish(FakeMessage.uplink("A"));
      tail.awaitLine(" A ");
      tail.interrupt();
      assertTrue(tail.awaitError("shown").contains("1 reconnects"));
    }
  }

  @Test
  void tail_revokedMeanwhile_endsWithTheReason_andItsSummary(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).start("tail", "nnn.acme")) {
      tail.awaitError("connected");
      fake.revoke(fake.identity());
      fake.dropConnections();

      tail.awaitError("0 shown");
      tail.awaitError("NHUB-AUTH-004");
      assertEquals(ExitCode.REFUSED.code(), tail.awaitExit());
    }
  }

  @Test
  void tail_ofAMessageItCannotRead_saysWhichAndGoesOn(FakeNHub fake) throws Exception {
    try (RunningCommand tail = Cli.of(fake, dir).start("tail", "nnn.acme", "--count", "1")) {
      tail.awaitError("connected");
      fake.publish("v4/groups/nnn.acme.master/BAD/uplinks", "not JSON");
      assertTrue(tail.awaitError("skipped").contains("BAD/uplinks: NHUB-MSG-001"));
      fake.publish(FakeMessage.uplink("GOOD"));

      assertEquals(0, tail.awaitExit());
      assertEquals(1, tail.remainingLines().size());
      assertTrue(tail.awaitError("shown").contains("1 undecodable"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--kinds=alarms, is not of",
    "--qos=2, is not 0 or 1",
    "--count=0, must be 1 or more",
    "--count=x, is not a long",
    "--device=a/b, Not a device id",
    "--durable=a b, A durable name has",
    "--durable=a --qos=0, only with --qos 1",
    "--timeout=soon, is not a time such as",
    "--timeout=0s, is not a time such as",
    "--no-such, Unknown option",
  })
  void tail_withABadOption_saysSoInOneLine(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("tail", "nnn.acme"));
    arguments.addAll(List.of(options.split(" (?=--)", -1)));

    new Cli(dir).run(arguments.toArray(String[]::new)).assertFailed(ExitCode.MISTAKE, message);
  }

  private static List<String> devices(List<String> lines) throws Exception {
    List<String> devices = new ArrayList<>();
    for (String line : lines) {
      devices.add(new ObjectMapper().readTree(line).get("device_id").asText());
    }
    return devices;
  }
}
