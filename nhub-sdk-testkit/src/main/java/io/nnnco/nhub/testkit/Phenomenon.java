package io.nnnco.nhub.testkit;

/**
 * What happens to a fleet in the field, and not in a laboratory. Each is off until {@link
 * DeviceSimulatorBuilder#with} switches it on with a share, 0 to 1, of what it says here. It then
 * strikes by the seed, and changes nothing about the others. Periods are by the time between two
 * uplinks of a device, the interval, so that what takes days in the field happens in a test, too.
 */
public enum Phenomenon {
  /**
   * Of transmissions: lost on the air. Devices with a weak signal lose up to five times as many.
   */
  LOSS(0.02, "of transmissions: lost on the air, more of devices with a weak signal"),
  /** Of the time of each device: all that it sends is lost on the air, for about 4 intervals. */
  LOSS_BURSTS(0.003, "of the time of each device: all that it sends is lost on the air"),
  /**
   * Of the time of each gateway: it is down, for about 20 intervals; what it would receive is lost.
   */
  GATEWAY_OUTAGES(
      0.002, "of the time of each gateway: down, so that what it would receive is lost"),
  /**
   * Of the time of each gateway: it has no connection, for about 20 intervals. It holds what it
   * receives, and delivers it afterwards in a burst, in order.
   */
  BACKLOGS(0.002, "of the time of each gateway: without connection; delivers all later, in order"),
  /** As {@link #BACKLOGS}, but the burst is in any order. */
  SHUFFLED_BACKLOGS(
      0.001, "of the time of each gateway: without connection; delivers all later, in any order"),
  /** Of uplinks and joins: two or three gateways deliver them, up to two seconds apart. */
  DUPLICATES(0.04, "of uplinks and joins: delivered by two or three gateways"),
  /** Of transmissions: they arrive half an interval to five intervals late, alone. */
  LATE_MESSAGES(0.003, "of transmissions: arrive half an interval to five intervals late"),

  /** Of the time of each device: it is off, for about 20 intervals; then it joins again. */
  SILENCE(0.003, "of the time of each device: off; then it joins again"),
  /**
   * Of devices: their battery gets empty within the first 1,000 intervals. Half of them get a new
   * one 50 to 250 intervals later, and join; the others stay silent.
   */
  WEAK_BATTERIES(0.01, "of devices: their battery gets empty in the first 1,000 intervals"),
  /** Of devices: their clock is off by two seconds to six hours, ahead or behind. */
  CLOCK_OFFSETS(0.01, "of devices: their clock is off by seconds to hours"),
  /** Of devices: their clock is too fast or too slow, by up to a second an hour. */
  CLOCK_DRIFT(0.05, "of devices: their clock is too fast or slow, by up to a second an hour"),
  /**
   * Of devices: they get a new battery within the first 500 intervals, and join. Their clock begins
   * at 1970 or 2000, and is corrected 5 to 50 intervals later.
   */
  CLOCK_RESETS(0.005, "of devices: their clock once begins at 1970 or 2000, for a while"),
  /** Of uplinks: the device confirms a downlink, which is published beside them. */
  DOWNLINKS(0.005, "of uplinks: published with the confirmation of a downlink"),
  /**
   * How much of what {@link DeviceModel#DOOR} sends depends on the hour: at 1 it is nine times as
   * much by day as by night, at 0 it is even.
   */
  DAILY_RHYTHM(0.9, "of the uplinks of doors: sent by the hour, mostly by day"),

  /** Of uplinks: their location is 0, 0. */
  NULL_ISLAND(0.002, "of uplinks: their location is 0, 0"),
  /** Of uplinks: one to three of the fields that may be absent are. */
  MISSING_FIELDS(0.005, "of uplinks: one to three of the fields that may be absent are"),
  /** Of uplinks: one of those fields, or the value of a reading, is null. */
  NULL_FIELDS(0.003, "of uplinks: a field, or the value of a reading, is null"),
  /** Of devices: they send fields and a channel that nobody has documented. */
  UNKNOWN_FIELDS(0.1, "of devices: they send undocumented fields and channels"),
  /**
   * Of uplinks: a value is {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, {@code ""},
   * {@code "-"}, {@code "n/a"}, or a number too large for a {@code double}.
   */
  ODD_VALUES(0.002, "of uplinks: a value is \"NaN\", \"n/a\" and the like, or 1E+400"),
  /** Of uplinks: a unit is missing, spelt in another way, or another, with the value to match. */
  ODD_UNITS(0.005, "of uplinks: a unit is missing, or another");

  private final double inTheField;
  private final String shareOf;

  Phenomenon(double inTheField, String shareOf) {
    this.inTheField = inTheField;
    this.shareOf = shareOf;
  }

  /**
   * The share that {@link DeviceSimulatorBuilder#realistic()} sets.
   *
   * @return such as 0.02
   */
  public double inTheField() {
    return inTheField;
  }

  /**
   * What its share is of, and what happens to them, in a line.
   *
   * @return such as {@code of uplinks: their location is 0, 0}
   */
  public String shareOf() {
    return shareOf;
  }
}
