package io.nnnco.nhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.MetricsBinding;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** When metrics are told that their subscription is over: exactly once, whatever the end. */
class EndedMetricsTest extends ClientFixture {
  private final List<String> told = new CopyOnWriteArrayList<>();

  private SubscriptionMetrics metricsOf(Subscription subscription) {
    String name = subscription.options().enterprises().get(0).code();
    return new SubscriptionMetrics() {
      @Override
      public void onEvent(SubscriptionEvent event) {
        if (event instanceof SubscriptionEvent.Closed) {
          told.add(name + " closed");
        }
      }

      @Override
      public void ended() {
        told.add(name + " ended");
      }
    };
  }

  private Subscription failed() throws InterruptedException {
    Subscription failed = client.subscribe(OPTIONS, (message, delivery) -> {});
    connection().listener().onClosed(refused());
    failed.closed().handle((end, error) -> true).join();
    settle();
    return failed;
  }

  @Test
  void ended_ofAClosedSubscription_isTheLastCall() throws InterruptedException {
    client.measure(this::metricsOf);
    Subscription subscription = client.subscribe(OPTIONS, (message, delivery) -> {});
    accept(connection());
    assertEquals(List.of(), told);

    subscription.close();
    settle();
    assertEquals(List.of("nnn.acme closed", "nnn.acme ended"), told);
    client.close();
    assertEquals(2, told.size());
  }

  @Test
  void ended_ofASubscriptionThatAnErrorEnded_comesWhenThatIsClosed() throws InterruptedException {
    client.measure(this::metricsOf);
    Subscription failed = failed();
    assertEquals(List.of("nnn.acme closed"), told);

    failed.close();
    assertEquals(List.of("nnn.acme closed", "nnn.acme ended"), told);
  }

  @Test
  void ended_ofASubscriptionThatAnErrorEnded_comesWhenAnotherReplacesIt()
      throws InterruptedException {
    client.measure(this::metricsOf);
    failed();
    client.subscribe(OPTIONS, (message, delivery) -> {});
    assertEquals(List.of("nnn.acme closed", "nnn.acme ended"), told);
  }

  @Test
  void ended_afterTheBindingWasClosed_isNotCalled() throws InterruptedException {
    MetricsBinding binding = client.measure(this::metricsOf);
    Subscription subscription = client.subscribe(OPTIONS, (message, delivery) -> {});
    accept(connection());
    binding.close();
    subscription.close();
    settle();
    assertEquals(List.of(), told);
  }

  @Test
  void measure_aFactoryThatFailsForOne_leavesNothingBoundToTheOthers() throws InterruptedException {
    Subscription first = client.subscribe(OPTIONS, (message, delivery) -> {});
    accept(connection());
    client.subscribe(SubscribeOptions.builder("nnn.other").build(), (message, delivery) -> {});

    assertThrows(
        IllegalStateException.class,
        () ->
            client.measure(
                subscription -> {
                  if (subscription == first) {
                    return metricsOf(subscription);
                  }
                  throw new IllegalStateException("Not this one.");
                }));
    first.close();
    settle();
    assertEquals(List.of(), told);
  }
}
