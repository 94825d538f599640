package io.nnnco.nhub.kafka.connect;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A record that knows what to tell when Kafka has it. The worker hands this very object to {@code
 * commitRecord}, whatever transforms have made of it.
 */
final class NHubSourceRecord extends SourceRecord {
  /** The bridge knows what was acknowledged; Connect's offsets say nothing. */
  private static final Map<String, String> OFFSET = Map.of("position", "kept by the bridge");

  private final Confirmation confirmation;

  NHubSourceRecord(
      Map<String, ?> partition,
      String topic,
      String key,
      SchemaAndValue value,
      long timestamp,
      Headers headers,
      Confirmation confirmation) {
    super(
        partition,
        OFFSET,
        topic,
        null,
        Schema.STRING_SCHEMA,
        key,
        value.schema(),
        value.value(),
        timestamp,
        headers);
    this.confirmation = confirmation;
  }

  void confirm() {
    confirmation.confirm();
  }

  /** Identity: a worker keeps records as keys, and two messages may say the same. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
