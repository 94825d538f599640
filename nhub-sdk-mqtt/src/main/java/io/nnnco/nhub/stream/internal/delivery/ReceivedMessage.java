package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.core.internal.DeduplicationKey;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.UserProperty;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message from its arrival to its verdict. */
final class ReceivedMessage implements Delivery, HeldBytes {
  private final InboundMessage inbound;
  private final @Nullable DeviceTopic deviceTopic;
  private final Instant arrivedAt;
  private final long arrivedNanos;
  private volatile boolean redelivered;
  private AckLedger.@Nullable Entry owed;
  private long queuedAt;
  private boolean called;
  private boolean decoded;

  /**
   * A message that was just read.
   *
   * @param arrivedNanos when, as {@link System#nanoTime()}
   */
  ReceivedMessage(
      InboundMessage inbound,
      @Nullable DeviceTopic deviceTopic,
      Instant arrivedAt,
      long arrivedNanos) {
    this.inbound = inbound;
    this.deviceTopic = deviceTopic;
    this.arrivedAt = arrivedAt;
    this.arrivedNanos = arrivedNanos;
    this.redelivered = inbound.duplicate();
  }

  /** What is to be settled with the ledger; null without an acknowledgement. */
  AckLedger.@Nullable Entry owed() {
    return owed;
  }

  void owes(AckLedger.@Nullable Entry entry) {
    owed = entry;
  }

  /** When it was read, as {@link System#nanoTime()}. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  /** Whether it was not decoded before; asked by whoever decodes it. */
  boolean isFirstDecoding() {
    boolean first = !decoded;
    decoded = true;
    return first;
  }

  /** Whether the handler was not called for it before; asked by whoever calls it. */
  boolean isFirstCall() {
    boolean first = !called;
    called = true;
    return first;
  }

  /** When it began to wait for its batch, as {@link System#nanoTime()}. */
  long queuedAt() {
    return queuedAt;
  }

  void queuedAt(long nanos) {
    queuedAt = nanos;
  }

  @Nullable DeviceTopic deviceTopic() {
    return deviceTopic;
  }

  byte[] bytes() {
    return inbound.payload();
  }

  @Override
  public long heldBytes() {
    return inbound.heldBytes();
  }

  int packetId() {
    return inbound.packetId();
  }

  boolean needsAcknowledgement() {
    return inbound.qos() == Qos.AT_LEAST_ONCE;
  }

  /**
   * Whether it is that message again. User properties do not tell: MQTT forwards them unchanged,
   * but a bridge that is traced may give each copy a context of its own.
   */
  boolean sameAs(ReceivedMessage other) {
    return topic().equals(other.topic()) && Arrays.equals(bytes(), other.bytes());
  }

  MessageFingerprint fingerprint() {
    return MessageFingerprint.of(topic(), bytes());
  }

  void cameAgain() {
    redelivered = true;
  }

  @Override
  public String topic() {
    return inbound.topic();
  }

  @Override
  public Optional<Enterprise> enterprise() {
    return Optional.ofNullable(deviceTopic).map(DeviceTopic::enterprise);
  }

  @Override
  public String deviceId() {
    return deviceTopic == null ? inbound.topic() : deviceTopic.deviceId();
  }

  @Override
  public Instant arrivedAt() {
    return arrivedAt;
  }

  @Override
  public Qos qos() {
    return inbound.qos();
  }

  @Override
  public boolean redelivered() {
    return redelivered;
  }

  @Override
  public byte[] payload() {
    return inbound.payload().clone();
  }

  @Override
  public int payloadSize() {
    return inbound.payload().length;
  }

  @Override
  public String deduplicationKey() {
    return DeduplicationKey.of(inbound.topic(), inbound.payload());
  }

  @Override
  public List<UserProperty> userProperties() {
    return inbound.readUserProperties();
  }

  /** Without the payload, which is the user's data. */
  @Override
  public String toString() {
    return "Delivery["
        + ForeignText.shown(topic())
        + ", "
        + inbound.payload().length
        + " bytes, "
        + qos()
        + "]";
  }
}
