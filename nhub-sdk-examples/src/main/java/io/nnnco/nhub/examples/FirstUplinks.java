package io.nnnco.nhub.examples;

// tag::first-uplinks
import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.testkit.FakeNHub;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Prints three uplinks of a fake N-Hub. */
public final class FirstUplinks {
  private FirstUplinks() {}

  /** Ends after the third uplink. */
  public static void main(String... arguments) throws InterruptedException {
    System.out.println("A fake N-Hub in this process, with simulated devices.");
    CountDownLatch three = new CountDownLatch(3);
    try (FakeNHub fake = FakeNHub.start();
        NHubClient nhub =
            NHubClient.builder(fake.environment()).credentials(fake.identity()).build()) {
      Subscription uplinks =
          nhub.subscribe(
              "nnn.acme",
              uplink -> {
                System.out.println(uplink.deviceId() + " " + uplink.readings());
                three.countDown();
              });
      uplinks.awaitConnected(Duration.ofSeconds(30));
      fake.simulator().rate(2).start();
      three.await();
    }
  }
}
// end::first-uplinks
