package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.docs.DocSnippets;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.GapLedger;
import io.nnnco.nhub.stream.gap.GapOptions;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.FakeNHub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class GapsGuideTest {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<DeviceMessage> stored = new CopyOnWriteArrayList<>();

  private void store(DeviceMessage message) {
    stored.add(message);
  }

  @Test
  void guide_showsCodeThatRuns() throws Exception {
    assertEquals(
        List.of(),
        DocSnippets.differences(
            Path.of("../docs/gaps.md"), Path.of("src/test/java/io/nnnco/nhub/GapsGuideTest.java")));
    try (FakeNHub fake = FakeNHub.start();
        NHubClient nhub =
            NHubClient.builder(fake.environment())
                .credentials(fake.identity(DEFAULT_ENTERPRISE))
                .build()) {
      // tag::subscribe
      SubscribeOptions options =
          SubscribeOptions.builder("nnn.acme")
              .gaps(GapOptions.ofDefaults())
              .listener(
                  event -> {
                    if (event instanceof SubscriptionEvent.GapClosed closed) {
                      log.add("Missing: " + closed.gap());
                    }
                  })
              .build();
      Subscription subscription = nhub.subscribe(options, (message, delivery) -> store(message));
      GapLedger ledger = subscription.gaps().orElseThrow();
      // end::subscribe
      subscription.awaitConnected(SOON);
      for (int minute = 0; minute <= 20; minute++) {
        if (minute != 15) {
          fake.publish(
              FakeMessage.uplink("METER-1")
                  .at(Instant.ofEpochSecond(1_773_705_600L + 60L * minute)));
        }
      }
      Eventually.isTrue("all are stored", () -> stored.size() == 20);
      // tag::ask
      long missing = ledger.stats().missingInAll();
      ledger.device("METER-1").ifPresent(device -> log.add("Sends every " + device.cadence()));
      ledger.silent().forEach(gap -> log.add(gap.deviceId() + " is silent since " + gap.from()));
      // end::ask
      assertEquals(1, missing);
      Eventually.isTrue("it is told", () -> log.size() == 2);
      assertEquals(1, log.stream().filter(line -> line.equals("Sends every PT1M")).count());
    }
  }
}
