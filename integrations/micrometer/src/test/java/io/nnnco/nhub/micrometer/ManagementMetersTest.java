package io.nnnco.nhub.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Timer;
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.IssuedCertificate;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.RequestRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What management requests leave in the meters. */
class ManagementMetersTest extends MetricsFixture {
  private double requests(String method, String status, String outcome) {
    return registry.find("nhub.management.requests").timers().stream()
        .filter(timer -> method.equals(timer.getId().getTag("method")))
        .filter(timer -> status.equals(timer.getId().getTag("status")))
        .filter(timer -> outcome.equals(timer.getId().getTag("outcome")))
        .mapToLong(Timer::count)
        .sum();
  }

  @Test
  void request_thatSucceeds_isTimedWithItsTemplate() {
    new NHubMetrics(nhub).bindTo(registry);
    ApiKey key = nhub.management().apiKeys().create("svc-meters");
    IssuedCertificate issued = nhub.management().certificates().issue("Meters", key.id());
    nhub.management().certificates().revoke(issued.id());

    List<RequestRecord> sent = fake.requests().all();
    long timed =
        registry.find("nhub.management.requests").timers().stream().mapToLong(Timer::count).sum();
    assertEquals(sent.size(), timed);
    String uris =
        registry.find("nhub.management.requests").timers().stream()
            .map(timer -> timer.getId().getTag("uri"))
            .collect(Collectors.joining(" "));
    assertTrue(uris.contains("{id}"), uris);
    assertTrue(!uris.contains(issued.id()) && !uris.contains(key.id()), uris);
    Timer timer = registry.find("nhub.management.requests").tag("status", "201").timer();
    assertTrue(timer != null && timer.totalTime(TimeUnit.NANOSECONDS) > 0, uris);
  }

  @Test
  void request_thatIsRefused_isTimedWithItsStatus() {
    new NHubMetrics(nhub).bindTo(registry);
    fake.inject(new ApiFault.Respond(400));
    assertThrows(NHubException.class, () -> nhub.management().certificates().find("none"));

    assertEquals(1, requests("GET", "400", "CLIENT_ERROR"));
  }

  @Test
  void request_withoutAResponse_isTimedAsAnIoError() {
    new NHubMetrics(nhub).bindTo(registry);
    fake.close();
    assertThrows(NHubException.class, () -> nhub.management().apiKeys().create("svc-meters"));

    assertTrue(requests("POST", "IO_ERROR", "UNKNOWN") >= 1, registry.getMeters()::toString);
  }

  @Test
  void client_withoutAManagementToken_hasNoSuchMeters() {
    try (NHubClient plain = NHubClient.builder(fake.environment()).build()) {
      new NHubMetrics(plain).bindTo(registry);
    }
    assertEquals(List.of(), registry.getMeters());
  }
}
