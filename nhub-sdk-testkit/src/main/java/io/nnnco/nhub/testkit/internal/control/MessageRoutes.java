package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.ClientDelivery;
import io.nnnco.nhub.testkit.FakeMessage;
import io.nnnco.nhub.testkit.PublishReceipt;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes: a device message, or any bytes on any topic. */
final class MessageRoutes {
  private static final int MOST_TIMES = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final Controlled target;

  MessageRoutes(Controlled target) {
    this.target = target;
  }

  /**
   * What was published.
   *
   * @param topic the topic
   * @param times how often
   * @param settled whether nothing more can happen to any of them
   * @param deliveries how far they have got
   */
  record Published(String topic, int times, boolean settled, List<Delivery> deliveries) {}

  /** How many deliveries to one client are in one state. */
  record Delivery(String clientId, int qos, ClientDelivery.State state, int count) {
    Delivery times(int newCount) {
      return new Delivery(clientId, qos, state, newCount);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                "POST",
                "/messages",
                "publishMessage",
                "Publishes a device message, as the platform writes it.",
                this::publishMessage)
            .takes(Schemas.ref(DeviceMessage.class))
            .gives(201, Schemas.ref(Published.class)),
        Route.of(
                "POST",
                "/raw-messages",
                "publishBytes",
                "Publishes any text or bytes on any topic.",
                this::publishBytes)
            .takes(Schemas.ref(RawMessage.class))
            .gives(201, Schemas.ref(Published.class)));
  }

  private Reply publishMessage(Request request) {
    DeviceMessage message = request.body(DeviceMessage.class);
    FakeMessage made = message.made(target.enterprise(message.enterprise()));
    return publish(message.times(), message.awaitDelivered(), () -> target.fake().publish(made));
  }

  private Reply publishBytes(Request request) {
    RawMessage message = request.body(RawMessage.class);
    byte[] payload = message.bytes();
    int qos = message.qos() == null ? 1 : message.qos();
    return publish(
        message.times(),
        message.awaitDelivered(),
        () -> target.fake().publish(message.topic(), payload, qos));
  }

  private static Reply publish(
      @Nullable Integer times, @Nullable Duration wait, Supplier<PublishReceipt> publisher) {
    int count = times == null ? 1 : times;
    Duration patience = wait == null ? Duration.ZERO : wait;
    if (count < 1 || count > MOST_TIMES) {
      throw new IllegalArgumentException(
          "times must be 1 to " + MOST_TIMES + ", not " + count + ".");
    }
    if (patience.isNegative() || patience.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "awaitDelivered must be PT0S to " + LONGEST_WAIT + ", not " + patience + ".");
    }
    List<PublishReceipt> receipts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      receipts.add(publisher.get());
    }
    boolean settled = settled(receipts, patience);
    return Reply.created(
        new Published(receipts.get(0).topic(), count, settled, deliveries(receipts)));
  }

  private static boolean settled(List<PublishReceipt> receipts, Duration patience) {
    receipts.get(receipts.size() - 1).deliveries(); // once this is routed, all of them are
    return CompletableFuture.allOf(
            receipts.stream().map(PublishReceipt::settled).toArray(CompletableFuture<?>[]::new))
        .thenApply(nothing -> true)
        .completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS)
        .join();
  }

  private static List<Delivery> deliveries(List<PublishReceipt> receipts) {
    Map<Delivery, Integer> counts = new LinkedHashMap<>();
    for (PublishReceipt receipt : receipts) {
      for (ClientDelivery delivery : receipt.deliveries()) {
        Delivery kind = new Delivery(delivery.clientId(), delivery.qos(), delivery.state(), 0);
        counts.merge(kind, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream().map(entry -> entry.getKey().times(entry.getValue())).toList();
  }
}
