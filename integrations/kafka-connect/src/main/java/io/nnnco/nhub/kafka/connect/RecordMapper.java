package io.nnnco.nhub.kafka.connect;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.Qos;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;

/** Makes records of the messages of one session. Immutable. */
final class RecordMapper {
  static final String KIND = "nhub.kind";
  static final String ENTERPRISE = "nhub.enterprise";
  static final String TOPIC = "nhub.topic";
  static final String QOS = "nhub.qos";
  static final String REDELIVERED = "nhub.redelivered";
  static final String DEDUPLICATION_KEY = "nhub.deduplication.key";
  static final String ERROR_CODE = "nhub.error.code";
  static final String ERROR_MESSAGE = "nhub.error.message";

  private final Map<String, String> partition;
  private final Enterprise enterprise;
  private final TopicPattern topics;
  private final TopicPattern topicsOfAll;
  private final ValueFormat format;
  private final RecordTime time;

  RecordMapper(ConnectorConfig config, Session session) {
    partition = Map.of("session", session.durableName());
    enterprise = config.enterprise();
    topics = config.topics();
    topicsOfAll = config.topicsOfAll();
    format = config.value().format();
    time = config.timestamp();
  }

  NHubSourceRecord record(DeliveredMessage delivered, Confirmation confirmation) {
    Delivery delivery = delivered.delivery();
    String kind = kind(delivery);
    return new NHubSourceRecord(
        partition,
        topics(delivery).topic(kind),
        delivery.deviceId(),
        format.value(delivered.message(), delivery),
        time.of(delivered.message().timestamp(), delivery.arrivedAt()),
        headers(delivery, kind),
        confirmation);
  }

  /** The bytes of a message that could not be used, with the reason in its headers. */
  NHubSourceRecord deadLetter(String topic, FailedMessage failed, Confirmation confirmation) {
    Delivery delivery = failed.delivery();
    Throwable cause = failed.cause();
    ConnectHeaders headers = headers(delivery, kind(delivery));
    if (cause instanceof NHubException error) {
      headers.addString(ERROR_CODE, error.code().id());
    }
    headers.addString(ERROR_MESSAGE, String.valueOf(cause.getMessage()));
    Instant arrival = delivery.arrivedAt();
    return new NHubSourceRecord(
        partition,
        topic,
        delivery.deviceId(),
        new SchemaAndValue(Schema.BYTES_SCHEMA, delivery.payload()),
        time.of(arrival, arrival),
        headers,
        confirmation);
  }

  /** A session may still have messages of the enterprise that it had before. */
  private TopicPattern topics(Delivery delivery) {
    Enterprise from = delivery.enterprise().orElse(enterprise);
    return from.equals(enterprise) ? topics : topicsOfAll.of(from);
  }

  /** The last level of the topic, which names the kind. */
  private static String kind(Delivery delivery) {
    return DeviceTopic.parse(delivery.topic()).map(DeviceTopic::level).orElse("unknown");
  }

  private ConnectHeaders headers(Delivery delivery, String kind) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString(KIND, kind);
    headers.addString(ENTERPRISE, delivery.enterprise().orElse(enterprise).code());
    headers.addString(TOPIC, delivery.topic());
    headers.addInt(QOS, delivery.qos() == Qos.AT_LEAST_ONCE ? 1 : 0);
    headers.addBoolean(REDELIVERED, delivery.redelivered());
    headers.addString(DEDUPLICATION_KEY, delivery.deduplicationKey());
    return headers;
  }
}
