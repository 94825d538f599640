package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.testkit.ClientDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message on its way to one client. */
public final class Outgoing {
  private final Publication publication;
  private final String clientId;
  private final long sequence;
  private final List<Integer> subscriptionIds = new ArrayList<>(1);
  private int qos;
  private boolean retain;
  private boolean copied;
  private boolean received;
  private int packetId;
  private int sends;
  private ClientDelivery.State state = ClientDelivery.State.QUEUED;
  private @Nullable Instant sentAt;
  private @Nullable Instant settledAt;

  Outgoing(Publication publication, String clientId, long sequence) {
    this.publication = publication;
    this.clientId = clientId;
    this.sequence = sequence;
  }

  /**
   * Another subscription of this client matches it: one copy, the best quality of service, all
   * identifiers.
   */
  void matched(BrokerSubscription subscription) {
    qos = Math.max(qos, Math.min(message().qos(), subscription.qos()));
    retain |= message().retain() && subscription.retainAsPublished();
    if (subscription.identifier() > 0) {
      subscriptionIds.add(subscription.identifier());
    }
  }

  /** It is delivered because it was retained. */
  void retained() {
    retain = true;
  }

  /** A second copy, as if the platform had published it twice. */
  Outgoing copy(long newSequence) {
    Outgoing copy = new Outgoing(publication, clientId, newSequence);
    copy.qos = qos;
    copy.retain = retain;
    copy.copied = true;
    copy.subscriptionIds.addAll(subscriptionIds);
    publication.add(copy);
    return copy;
  }

  void number(int newPacketId) {
    packetId = newPacketId;
  }

  void sending(Instant now) {
    sends++;
    sentAt = now;
    state = ClientDelivery.State.SENT;
  }

  /** A PUBREC has come: from now on, a PUBREL is sent instead of it. */
  void received() {
    received = true;
  }

  boolean isReceived() {
    return received;
  }

  void notSent() {
    sends--;
    if (settledAt == null) {
      state = ClientDelivery.State.QUEUED;
    }
  }

  void settle(ClientDelivery.State end, Instant now) {
    state = end;
    settledAt = now;
    publication.settledOne();
  }

  public Message message() {
    return publication.message();
  }

  /** 0 to 2. */
  public int qos() {
    return qos;
  }

  /** The retain flag. */
  public boolean retain() {
    return retain;
  }

  /** Whether it is the second of a pair that a fault created. */
  public boolean copied() {
    return copied;
  }

  /** The packet id; 0 with QoS 0. */
  public int packetId() {
    return packetId;
  }

  /** Whether it was sent before: the DUP flag. */
  public boolean again() {
    return sends > 1;
  }

  /** How often it was sent. */
  public int sends() {
    return sends;
  }

  /** When it was last sent, or null. */
  public @Nullable Instant sentAt() {
    return sentAt;
  }

  /** The identifiers of every subscription that matched. */
  public List<Integer> subscriptionIds() {
    return subscriptionIds;
  }

  /** How many bytes its PUBLISH takes in MQTT 5, where a client may set a limit. */
  int packetSize() {
    int properties = message().propertiesSize();
    for (int id : subscriptionIds) {
      properties += 1 + Sizes.ofVariableByteInteger(id);
    }
    int length =
        Sizes.ofText(message().topic())
            + (qos == 0 ? 0 : Short.BYTES)
            + Sizes.ofVariableByteInteger(properties)
            + properties
            + message().payload().length;
    return 1 + Sizes.ofVariableByteInteger(length) + length;
  }

  long sequence() {
    return sequence;
  }

  ClientDelivery snapshot() {
    return new ClientDelivery(clientId, qos, state, sends, sentAt, settledAt);
  }
}
