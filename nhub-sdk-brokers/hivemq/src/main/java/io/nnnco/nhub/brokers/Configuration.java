package io.nnnco.nhub.brokers;

/** HiveMQ's configuration, with TLS on every port. */
final class Configuration {
  private static final String TEMPLATE =
      """
      <hivemq>
        <listeners>
      %s  </listeners>
        <mqtt>
          <queued-messages><max-queue-size>1000000</max-queue-size></queued-messages>
          <quality-of-service><max-qos>%d</max-qos></quality-of-service>
          <shared-subscriptions><enabled>%s</enabled></shared-subscriptions>
          <wildcard-subscriptions><enabled>%s</enabled></wildcard-subscriptions>
          <session-expiry><max-interval>%d</max-interval></session-expiry>
          <keep-alive><max-keep-alive>%d</max-keep-alive></keep-alive>
        </mqtt>
        <persistence><mode>%s</mode></persistence>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
      </hivemq>
      """;

  private static final String LISTENER =
      """
          <tls-tcp-listener>
            <port>%d</port>
            <bind-address>%s</bind-address>
            <tls>
              <keystore>
                <path>%3$s/server.p12</path>
                <password>changeit</password>
                <private-key-password>changeit</private-key-password>
              </keystore>
              <truststore>
                <path>%3$s/trusted.p12</path>
                <password>changeit</password>
              </truststore>
              <client-authentication-mode>%4$s</client-authentication-mode>
            </tls>
          </tls-tcp-listener>
      """;

  private Configuration() {}

  /** What the bridge has (M8, M9 and M16 in docs/bridge.md). */
  static String usual(String listeners) {
    return usual(listeners, "in-memory");
  }

  /** The same, kept on disk. */
  static String durable(String listeners) {
    return usual(listeners, "file");
  }

  private static String usual(String listeners, String persistence) {
    return TEMPLATE.formatted(listeners, 1, true, true, 100_000, 65_535, persistence);
  }

  /** Less of everything that a server may limit. */
  static String limited(String listeners) {
    return TEMPLATE.formatted(listeners, 0, false, false, 30, 20, "in-memory");
  }

  /** A port for client certificates; the folder with the key stores is as HiveMQ sees it. */
  static String byCertificate(String address, int port, String folder) {
    return LISTENER.formatted(port, address, folder, "REQUIRED");
  }

  /** A port for passwords. */
  static String byPassword(String address, int port, String folder) {
    return LISTENER.formatted(port, address, folder, "NONE");
  }
}
