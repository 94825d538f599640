package io.nnnco.nhub.examples.testing;

// tag::rate-limit
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.junit.NHubTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@NHubTest
class RateLimitTest {
  @Test
  void tooManyRequests_areRepeatedAfterTheTimeThatTheApiNames(FakeNHub fake) {
    try (Management management =
        Management.builder(fake.environment()).token(fake.adminToken()).build()) {
      fake.inject(ApiFault.Respond.rateLimited(Duration.ofSeconds(1)));

      assertEquals(0, management.certificates().list().count());

      List<RequestRecord> requests = fake.requests().all();
      assertEquals(List.of(429, 200), requests.stream().map(RequestRecord::status).toList());
    }
  }
}
// end::rate-limit
