package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.testkit.ClientDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A message and all its deliveries. */
public final class Publication {
  private final Message message;
  private final Consumer<List<ClientDelivery>> whenSettled;
  private final List<Outgoing> deliveries = new ArrayList<>(1);
  private int unsettled = 1;

  /**
   * Not routed yet.
   *
   * @param whenSettled called once, when nothing more can happen to it
   */
  public Publication(Message message, Consumer<List<ClientDelivery>> whenSettled) {
    this.message = message;
    this.whenSettled = whenSettled;
  }

  public Message message() {
    return message;
  }

  /** How far each delivery has got. */
  public List<ClientDelivery> deliveries() {
    return deliveries.stream().map(Outgoing::snapshot).toList();
  }

  void add(Outgoing delivery) {
    deliveries.add(delivery);
    unsettled++;
  }

  /** No more deliveries are added, except by faults. */
  void routed() {
    settledOne();
  }

  void settledOne() {
    if (--unsettled == 0) {
      whenSettled.accept(deliveries());
    }
  }
}
