package io.nnnco.nhub.testkit;

/**
 * The models of devices that a {@link DeviceSimulator} supports. All of them also report their
 * battery.
 */
public enum DeviceModel {
  /**
   * Air temperature (\u00b0C) and humidity (%), warmest in mid-afternoon and in the southern
   * summer.
   */
  CLIMATE("nsen-v2"),
  /** Soil moisture (%) that falls by day until somebody waters, and soil temperature (\u00b0C). */
  SOIL("nsoil-v1"),
  /** A water meter: total volume (m\u00b3) and flow (L/h), mostly in the morning and evening. */
  WATER_METER("nwater-v1"),
  /** A door: open or closed, and how often it was opened; busiest in working hours. */
  DOOR("ndoor-v1"),
  /** A moving vehicle: location, speed (km/h) and heading (\u00b0). */
  GPS_TRACKER("ngps-v1");

  private final String deviceType;

  DeviceModel(String deviceType) {
    this.deviceType = deviceType;
  }

  /**
   * What these devices send as {@code device_type}.
   *
   * @return such as {@code nsen-v2}
   */
  public String deviceType() {
    return deviceType;
  }
}
