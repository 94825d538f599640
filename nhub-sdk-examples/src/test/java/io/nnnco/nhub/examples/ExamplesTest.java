package io.nnnco.nhub.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.docs.Output;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.testkit.ConnectRecord;
import io.nnnco.nhub.testkit.Criteria;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.SubscribeRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each example as on the real platform: it knows what the NHUB_* variables say and nothing else.
 * They name a fake here, which tells what it saw.
 */
@Timeout(300)
class ExamplesTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Before any of the examples was started. */
  private static final Instant LONG_AGO = Instant.parse("2026-03-17T02:03:04Z");

  private final FakeNHub fake = FakeNHub.start();
  private final Path directory;
  private final ExampleSettings settings;

  ExamplesTest(@TempDir Path directory) {
    this.directory = directory;
    this.settings = ExampleSettings.of(ExampleSettings.variablesOf(fake, directory));
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void usernameAndToken_connectsWithoutACertificate() throws Throwable {
    oneAfterTheOther(5, "METER-1", "METER-2");
    List<String> lines = Output.of(() -> UsernameAndToken.run(settings));

    ConnectRecord connect = fake.connects().take(SOON);
    assertEquals(settings.username(), connect.username());
    assertEquals(null, connect.certificateFingerprint());
    assertEquals(5, count(lines, "\\d\\d:\\d\\d:\\d\\d  .*"));
    for (int i = 0; i < 5; i++) {
      fake.acks().take(SOON);
    }
    assertFalse(lines.toString().contains(settings.password().reveal()));
  }

  @Test
  void certificateManagement_createsIssuesListsAndRevokes() throws Throwable {
    Path certs = directory.resolve("new");
    List<String> lines = Output.of(() -> CertificateManagement.run(settings, certs));

    ClientIdentity saved = ClientIdentity.load(certs);
    assertEquals(1, count(lines, "Saved .*" + saved.fingerprint()));
    assertEquals(1, count(lines, "Active .*"));
    assertEquals(1, count(lines, "Now +REVOKED"));
    fake.requests().verify(1, call("POST", ".*/users/"));
    fake.requests().verify(1, call("POST", ".*/mqtt-certificates/"));
    fake.requests().verify(1, call("POST", ".*/mqtt-certificates/[^/]+/revoke/"));
  }

  private static Criteria<RequestRecord> call(String method, String path) {
    return Criteria.where("method", RequestRecord::method, method)
        .andThat("path " + path, request -> request.path().matches(path));
  }

  @Test
  void allKinds_hasALineForEachKind_thenOneDeviceOnly() throws Throwable {
    fake.subscriptions()
        .follow(
            subscribe -> {
              if (subscribe.filter().endsWith("#")) {
                fake.publish(FakeMessage.join("METER-1"));
                fake.publish(FakeMessage.downlink("METER-2"));
                fake.publish(
                    "v4/groups/nnn.acme.master/METER-3/alarms",
                    "{\"device_id\":\"METER-3\",\"timestamp_ms\":1}");
                devicesSend(); // not earlier, or ten uplinks may come before the others
              }
            });
    List<String> lines = Output.of(() -> AllKinds.run(settings));

    assertTrue(lines.contains("joined    METER-1"), lines::toString);
    assertTrue(lines.contains("downlink  METER-2"), lines::toString);
    assertTrue(
        lines.contains("unknown   v4/groups/nnn.acme.master/METER-3/alarms"), lines::toString);
    List<String> filters =
        fake.subscriptions().all().stream().map(SubscribeRecord::filter).toList();
    assertEquals("v4/groups/nnn.acme.master/#", filters.get(0));
    String device = filters.get(1).split("/", -1)[3];
    assertEquals(2, count(lines, "only +" + device));
    assertEquals(2, count(lines, "only .*"));
  }

  @Test
  void durableSubscription_findsItsSessionAgain_andLosesNothing() throws Throwable {
    fake.disconnects()
        .follow(
            gone -> {
              for (int i = 1; i <= 3; i++) {
                fake.publish(FakeMessage.uplink("METER-" + i).at(LONG_AGO));
              }
            });
    devicesSend();
    List<String> lines = Output.of(() -> DurableSubscription.run(settings, Duration.ofMillis(500)));

    ConnectRecord first = fake.connects().take(SOON);
    ConnectRecord second = fake.connects().take(SOON);
    assertEquals("nhub-durable-example", first.clientId());
    assertEquals("nhub-durable-example", second.clientId());
    assertFalse(first.sessionPresent());
    assertTrue(second.sessionPresent());
    int restart = lines.indexOf("Stopped. The bridge queues what devices send now.");
    assertTrue(count(lines.subList(restart, lines.size()), "had waited .*") >= 3, lines::toString);
    assertEquals(2, count(lines, "Left to be sent again: 0"));
    assertFalse(fake.session("nhub-durable-example").exists());
  }

  @Test
  void asyncHandler_worksOnSeveralDevicesAtOnce_andLeavesNothing() throws Throwable {
    oneAfterTheOther(12, "METER-1", "METER-2", "METER-3", "METER-4");
    List<String> lines = Output.of(() -> AsyncHandler.run(settings));
    fake.disconnects().take(SOON); // the bridge has read what came before it

    assertTrue(count(lines, "begun .*  [2-9] at once") > 0, lines::toString);
    assertTrue(count(lines, "stored  .*") >= 10, lines::toString);
    assertEquals(count(lines, "begun .*"), count(lines, "stored .*"));
    assertEquals(count(lines, "stored .*"), fake.acks().all().size());
    assertEquals(1, count(lines, "DrainReport.*abandoned=0.*"));
  }

  @Test
  void deadLetters_areKept_andHandledWhenTheCauseIsMended() throws Throwable {
    oneAfterTheOther(5, "METER-1", "METER-2", "METER-3", "METER-4", "METER-5");
    List<String> lines = Output.of(() -> DeadLetters.run(settings, directory));

    long kept = count(lines, "kept .*");
    assertTrue(kept >= 3, lines::toString);
    assertEquals(1, count(lines, "RedriveReport.succeeded=[0-9]+, failed=0.*nothing is left"));
    assertEquals(0, Files.size(directory.resolve("dead-letters.jsonl")));
    assertTrue(count(lines, "stored .*") >= 3, lines::toString);
  }

  @Test
  void databaseOutage_givesUpTheRefusedRow_andLosesNothingElse() throws Throwable {
    devicesSend();
    List<String> lines = Output.of(() -> DatabaseOutage.run(settings, Duration.ofSeconds(1)));

    assertEquals(1, count(lines, "given up: The database refuses this row."), lines::toString);
    int outage = lines.indexOf("OUTAGE: 3 devices in a row failed.");
    int over = lines.indexOf("OVER: a message was stored, and all go on.");
    assertTrue(0 < outage && outage < over, lines::toString);
    List<String> during = lines.subList(outage, over);
    assertEquals(
        10,
        count(during, " +HANDLER_OUTAGE ready=false live=true in-flight=([1-9]|1\\d|20) stored=.*"),
        lines::toString);
    assertTrue(count(during, "failed: .*") > 0, lines::toString);
    List<String> after = lines.subList(over, lines.size());
    assertEquals(3, count(after, " +RECEIVING +ready=true +live=true .*"), lines::toString);
    assertTrue(
        lines.get(lines.size() - 1).matches("\\d+ received, [1-9]\\d* stored, 1 given up, 0 lost"),
        lines::toString);
    fake.disconnects().take(SOON); // the bridge has read what came before it
    assertEquals(
        lines.get(lines.size() - 1).replaceAll(" received.*", ""),
        String.valueOf(fake.acks().all().size()));
  }

  @Test
  void health_printsALineAsOftenAsTold() throws Throwable {
    devicesSend();
    List<String> lines = Output.of(() -> Health.run(settings, Duration.ofMillis(700), 3));

    assertEquals(
        3,
        count(
            lines, "\\d\\d:\\d\\d.* RECEIVING +ready=true received=[1-9].* failed=0 .* lag=\\d+ms"),
        lines::toString);
  }

  @Test
  void health_ofASubscriptionThatEnds_saysWhy() throws Throwable {
    fake.revoke(fake.identity());
    List<String> lines = Output.of(() -> Health.run(settings, SOON, 3));

    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains("NHUB-AUTH-004: "), lines::toString);
  }

  @Test
  void metrics_areServedToPrometheus() throws Throwable {
    devicesSend();
    List<String> lines = Output.of(() -> Metrics.run(settings));

    assertEquals(1, count(lines, "http://127\\.0\\.0\\.1:\\d+/metrics"));
    assertEquals(1, count(lines, "nhub_messages_handled_total\\{.*\\} (19|[2-9]\\d|\\d{3,})\\.0"));
    assertEquals(1, count(lines, "nhub_subscription_ready\\{.*\\} 1\\.0"));
  }

  @Test
  void metrics_onAPort_areThereUntilTheSubscriptionEnds() throws Throwable {
    int port = freePort();
    URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
    List<String> bodies = new CopyOnWriteArrayList<>();
    fake.acks()
        .follow(
            ack ->
                CompletableFuture.runAsync(
                    () -> {
                      bodies.add(get(page));
                      fake.revoke(fake.identity());
                      fake.dropConnections();
                    }));
    oneAfterTheOther(1, "METER-1");

    Coded.assertThrows(
        CertificateRevokedException.class,
        StreamErrorCode.CERTIFICATE_REVOKED,
        () -> Output.of(() -> Metrics.run(settings, String.valueOf(port))));
    assertTrue(bodies.get(0).contains("nhub_messages_received_total{"), bodies::toString);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String get(URI page) {
    try (InputStream body = page.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void example_thatCannotConnect_saysWhyInsteadOfWaiting() {
    Map<String, String> wrong = new HashMap<>(ExampleSettings.variablesOf(fake, directory));
    wrong.put("NHUB_PASSWORD", "not-the-token");

    NHubException error =
        Coded.assertThrows(
            AuthenticationException.class,
            StreamErrorCode.BAD_CREDENTIALS,
            () -> UsernameAndToken.run(ExampleSettings.of(wrong)));
    assertFalse(String.valueOf(error.getMessage()).contains("not-the-token"));
  }

  @Test
  void quickstart_readsTheSameVariables() throws Throwable {
    devicesSend();
    List<String> lines = Output.of(() -> Quickstart.run(settings));

    assertEquals(1, count(lines, "\\d+ received, \\d+ acknowledged, 0 failed"));
    assertNotEquals(
        fake.identity().fingerprint(), fake.connects().take(SOON).certificateFingerprint());
  }

  @Test
  void settings_withoutAVariableThatIsNeeded_nameIt() {
    ExampleSettings few = ExampleSettings.of(Map.of("NHUB_ENVIRONMENT", "dev-au-03"));

    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> UsernameAndToken.run(few));
    assertEquals("Set NHUB_USERNAME: this example needs it.", error.getMessage());
    assertEquals("mqtt.dev-au-03.nnnco.io", few.environment().mqttHost());
  }

  private void devicesSend() {
    fake.simulator().rate(40).start();
  }

  /** So many uplinks and no more, once somebody has subscribed. */
  private void oneAfterTheOther(int uplinks, String... devices) {
    fake.subscriptions()
        .follow(
            subscribe -> {
              for (int i = 0; i < uplinks; i++) {
                fake.publish(FakeMessage.uplink(devices[i % devices.length]));
              }
            });
  }

  private static long count(List<String> lines, String pattern) {
    return lines.stream().filter(Pattern.compile(pattern).asMatchPredicate()).count();
  }
}
