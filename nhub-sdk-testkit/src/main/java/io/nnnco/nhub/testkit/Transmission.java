package io.nnnco.nhub.testkit;

import io.nnnco.nhub.message.MessageKind;
import java.time.Instant;
import java.util.List;

/**
 * What a simulated device sent, and what became of it: the truth, which a program that only sees
 * messages must guess. Immutable. See {@link DeviceSimulatorBuilder#transmissions}.
 *
 * @param deviceId the device
 * @param kind what it sent; a {@link MessageKind#DOWNLINK} is its confirmation of one
 * @param sentAt when, by a clock that is right; the {@code timestamp_ms} of the message may be by
 *     one that is not
 * @param fate what became of it
 * @param arrivals when the platform publishes it, in that order: none if it is lost, more than one
 *     if several gateways received it
 */
public record Transmission(
    String deviceId, MessageKind kind, Instant sentAt, Fate fate, List<Arrival> arrivals) {
  /**
   * Copies the list.
   *
   * @param deviceId the device
   * @param kind what it sent
   * @param sentAt when
   * @param fate what became of it
   * @param arrivals when the platform publishes it
   */
  public Transmission {
    arrivals = List.copyOf(arrivals);
  }

  /**
   * A message that the platform publishes.
   *
   * @param at when; never before the device sent it
   * @param message the message
   */
  public record Arrival(Instant at, FakeMessage message) {}

  /** What becomes of what a device sends. */
  public enum Fate {
    /** At least one gateway passed it on at once. */
    DELIVERED,
    /** It arrives late: a gateway held it until its own connection was back, or it was slow. */
    DELAYED,
    /** No gateway received it. */
    LOST_ON_AIR,
    /** The gateway that would have received it was down. */
    LOST_IN_OUTAGE
  }
}
