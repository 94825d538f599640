package io.nnnco.nhub.testkit.internal.bridge.broker;

/** An application message as it was published. The payload is not copied, and not to be changed. */
public final class Message {
  private final String topic;
  private final byte[] payload;
  private final int qos;

  public Message(String topic, byte[] payload, int qos) {
    this.topic = topic;
    this.payload = payload;
    this.qos = qos;
  }

  public String topic() {
    return topic;
  }

  public byte[] payload() {
    return payload;
  }

  public int qos() {
    return qos;
  }
}
