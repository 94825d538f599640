package io.nnnco.nhub.kafka.connect;

import java.util.List;

/** Refuses settings of Connect's producer with which messages would be lost or change places. */
final class ProducerCheck {
  private static final String PREFIX = "producer.override.";
  private static final String ACKS = PREFIX + "acks";
  private static final String IDEMPOTENCE = PREFIX + "enable.idempotence";
  private static final String IN_FLIGHT = PREFIX + "max.in.flight.requests.per.connection";

  /** With these, the producer would give up while Kafka is away. */
  private static final List<String> PATIENCE =
      List.of(PREFIX + "delivery.timeout.ms", PREFIX + "max.block.ms", PREFIX + "retries");

  private ProducerCheck() {}

  static void run(ConnectorConfig config) {
    String acks = config.original(ACKS, "all");
    if (!acks.equals("all") && !acks.equals("-1")) {
      throw new FieldException(
          ACKS, "With " + acks + ", messages that Kafka loses are not sent again. Remove it.");
    }
    for (String field : PATIENCE) {
      if (!config.original(field, "").isEmpty()) {
        throw new FieldException(
            field,
            "With it, the producer gives up while Kafka is away; without, it waits for as long as"
                + " it takes. Remove it.");
      }
    }
    boolean idempotent = config.original(IDEMPOTENCE, "false").equalsIgnoreCase("true");
    if (!idempotent && !config.original(IN_FLIGHT, "1").equals("1")) {
      throw new FieldException(
          IN_FLIGHT,
          "With more than one request, a retry changes the order of a device's messages. Remove"
              + " it, or set "
              + IDEMPOTENCE
              + "=true.");
    }
  }
}
