package io.nnnco.nhub.testkit;

/**
 * What happens to a fleet in the field, and not in a laboratory. Each is off unless a {@link
 * DeviceSimulatorBuilder} switches it on {@linkplain DeviceSimulatorBuilder#with with a share}; it
 * then strikes by the seed, and changes nothing about the others. Times are by the fleet's interval
 * between uplinks, so that what is rare in the field also happens in a test of minutes.
 */
public enum Phenomenon {
  /** The share of transmissions lost on the air; devices with a weak signal lose up to 5 times it. */
  LOSS(0.02),
  /** The share of the time in which all that a device sends is lost on the air, a few at a time. */
  LOSS_BURSTS(0.003),
  /** The share of the time in which a gateway is down; what it would have received is lost. */
  GATEWAY_OUTAGES(0.002),
  /**
   * The share of the time in which a gateway has no connection. It holds what it receives, and
   * delivers it in a burst afterwards, in order.
   */
  BACKLOGS(0.002),
  /** As {@link #BACKLOGS}, but the burst is in any order. */
  SHUFFLED_BACKLOGS(0.001),
  /** The share of transmissions that two or three gateways deliver, up to two seconds apart. */
  DUPLICATES(0.04),
  /** The share of transmissions that arrive half an interval to five intervals late. */
  LATE_MESSAGES(0.003),

  /** The share of the time in which a device is off; it joins when it comes back. */
  SILENCE(0.003),
  /**
   * The share of devices whose battery gets empty in the first 1,000 intervals. Half of them get a
   * new one 50 to 250 intervals later, and join; the others stay silent.
   */
  WEAK_BATTERIES(0.01),
  /** The share of devices whose clock is off by seconds up to hours, early or late. */
  CLOCK_OFFSETS(0.01),
  /** The share of devices whose clock is too fast or slow, by up to a second an hour. */
  CLOCK_DRIFT(0.05),
  /**
   * The share of devices that get a new battery in the first 500 intervals, upon which they join
   * and their clock counts from 1970 or 2000, until the network corrects it 5 to 50 intervals
   * later.
   */
  CLOCK_RESETS(0.005),
  /** The share of uplinks that carry the confirmation of a downlink; it is published beside them. */
  DOWNLINKS(0.005),
  /**
   * How much devices that send events, as doors do, keep to working hours: at 1 they send 9 times
   * as often by day as by night, at 0 evenly.
   */
  DAILY_RHYTHM(0.9),

  /** The share of uplinks whose location is 0, 0. */
  NULL_ISLAND(0.002),
  /** The share of uplinks without one or more of the fields that may be absent. */
  MISSING_FIELDS(0.005),
  /** The share of uplinks in which one of the fields, or the value of a reading, is null. */
  NULL_FIELDS(0.003),
  /** The share of devices that send fields and channels that nobody has documented. */
  UNKNOWN_FIELDS(0.1),
  /**
   * The share of uplinks with a value that no sensor measures: {@code "NaN"}, {@code "Infinity"},
   * {@code ""}, {@code "-"}, {@code "n/a"}, or a number too large for a double.
   */
  ODD_VALUES(0.002),
  /** The share of uplinks with a reading whose unit is missing, or spelt in another way. */
  ODD_UNITS(0.005);

  private final double inTheField;

  Phenomenon(double inTheField) {
    this.inTheField = inTheField;
  }

  /**
   * The share that {@link DeviceSimulatorBuilder#realistic()} sets.
   *
   * @return such as 0.02
   */
  public double inTheField() {
    return inTheField;
  }
}
