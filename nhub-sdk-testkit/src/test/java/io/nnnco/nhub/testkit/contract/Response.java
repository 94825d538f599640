package io.nnnco.nhub.testkit.contract;

/**
 * What a server does, where two good servers may differ.
 *
 * @param mqtt311 to a client of MQTT 3.1.1
 * @param mqtt5 to a client of MQTT 5
 */
record Response(String mqtt311, String mqtt5) {
  static final String ACCEPTED = "accepted";
  static final String CLOSED = "closed";
  static final String TLS_ALERT = "TLS alert";

  static Response both(String response) {
    return new Response(response, response);
  }

  static Response connack(int returnCode, int reasonCode) {
    return new Response(code(returnCode), code(reasonCode));
  }

  String to(Mqtt version) {
    return version == Mqtt.V5 ? mqtt5 : mqtt311;
  }

  /** A code as docs and tests write it. */
  static String code(int code) {
    return code < 0x80 ? String.valueOf(code) : "0x%02X".formatted(code);
  }

  @Override
  public String toString() {
    return mqtt311.equals(mqtt5) ? mqtt5 : mqtt5 + ", in 3.1.1 " + mqtt311;
  }
}
