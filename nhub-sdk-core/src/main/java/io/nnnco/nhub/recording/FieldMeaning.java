package io.nnnco.nhub.recording;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a field is about, by its name, however it is written: {@code dev_eui}, {@code devEUI}. */
enum FieldMeaning {
  /** Which device or gateway it is, or where somebody has put it. */
  ID,
  /** Degrees from -90 to 90. */
  LATITUDE,
  /** Degrees from -180 to 180. */
  LONGITUDE,
  /** Something about a place, as a whole. */
  PLACE,
  /** The device's own bytes, which may say all this. */
  RAW,
  /** Nothing of that kind. */
  OTHER;

  private static final List<String> IDS =
      List.of(
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
          "sitename");
  private static final List<String> LATITUDES = List.of("latitude", "lat", "gpslatitude", "gpslat");
  private static final List<String> LONGITUDES =
      List.of("longitude", "lon", "lng", "long", "gpslongitude", "gpslon", "gpslng", "gpslong");
  private static final List<String> PLACES =
      List.of(
          "location",
          "geolocation",
          "gps",
          "gpsposition",
          "gpslocation",
          "coordinates",
          "geohash",
          "altitude",
          "gpsaltitude",
          "address");

  private static final Map<String, FieldMeaning> BY_NAME = byName();

  private static Map<String, FieldMeaning> byName() {
    Map<String, FieldMeaning> byName = new HashMap<>();
    IDS.forEach(name -> byName.put(name, ID));
    LATITUDES.forEach(name -> byName.put(name, LATITUDE));
    LONGITUDES.forEach(name -> byName.put(name, LONGITUDE));
    PLACES.forEach(name -> byName.put(name, PLACE));
    byName.put("rawpayload", RAW);
    return Map.copyOf(byName);
  }

  static FieldMeaning of(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    return BY_NAME.getOrDefault(plain, OTHER);
  }
}
