package io.nnnco.nhub.recording;

import java.util.Locale;
import java.util.Set;

/** What a field is about, by its name, however it is written: {@code dev_eui}, {@code devEUI}. */
enum FieldMeaning {
  /** Which device or gateway it is, or where somebody has put it. */
  ID(
      Set.of(
          "deviceid",
          "devicename",
          "devicelabel",
          "devicealias",
          "devicetag",
          "devicetags",
          "deveui",
          "devaddr",
          "serial",
          "serialnumber",
          "serialno",
          "imei",
          "imsi",
          "iccid",
          "macaddress",
          "gatewayid",
          "gatewayeui",
          "gatewayname",
          "assetid",
          "assetname",
          "siteid",
          "sitename")),

  /** Degrees from -90 to 90. */
  LATITUDE(Set.of("latitude", "lat", "gpslatitude", "gpslat")),

  /** Degrees from -180 to 180. */
  LONGITUDE(
      Set.of("longitude", "lon", "lng", "long", "gpslongitude", "gpslon", "gpslng", "gpslong")),

  /** Something about a place, as a whole. */
  PLACE(
      Set.of(
          "location",
          "geolocation",
          "gps",
          "gpsposition",
          "gpslocation",
          "coordinates",
          "geohash",
          "altitude",
          "gpsaltitude",
          "address")),

  /** The device's own bytes, which may say all this. */
  RAW(Set.of("rawpayload")),

  /** Nothing of that kind. */
  OTHER(Set.of());

  private final Set<String> names;

  FieldMeaning(Set<String> names) {
    this.names = names;
  }

  static FieldMeaning of(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    for (FieldMeaning meaning : values()) {
      if (meaning.names.contains(plain)) {
        return meaning;
      }
    }
    return OTHER;
  }
}
