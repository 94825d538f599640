package io.nnnco.nhub.stream.gap;

/**
 * How a gap ledger works. Immutable.
 *
 * @param maxDevices how many devices it follows at most. If there are more, it forgets some that
 *     were not heard for long. A device takes about 600 bytes
 * @param silentAfter after how many missing messages in a row a device counts as silent, so that a
 *     gap is reported before its end is known
 */
public record GapOptions(int maxDevices, int silentAfter) {
  /**
   * Checks the values.
   *
   * @param maxDevices how many devices to follow at most
   * @param silentAfter after how many missing messages a device counts as silent
   * @throws IllegalArgumentException if a value is less than 1
   */
  public GapOptions {
    if (maxDevices < 1 || silentAfter < 1) {
      throw new IllegalArgumentException(
          "maxDevices and silentAfter must be 1 or more, not "
              + maxDevices
              + " and "
              + silentAfter
              + ".");
    }
  }

  /**
   * Up to 100,000 devices; silent after three missing messages.
   *
   * @return the options
   */
  public static GapOptions ofDefaults() {
    return new GapOptions(100_000, 3);
  }

  /**
   * With another limit of devices.
   *
   * @param devices how many, 1 or more
   * @return other options
   * @throws IllegalArgumentException if less than 1
   */
  public GapOptions withMaxDevices(int devices) {
    return new GapOptions(devices, silentAfter);
  }

  /**
   * With another time until a device counts as silent.
   *
   * @param missing after how many missing messages in a row, 1 or more
   * @return other options
   * @throws IllegalArgumentException if less than 1
   */
  public GapOptions withSilentAfter(int missing) {
    return new GapOptions(maxDevices, missing);
  }
}
