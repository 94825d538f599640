package io.nnnco.nhub.testkit.internal.bridge.broker;

/**
 * What a client has subscribed to.
 *
 * @param filter the topics
 * @param qos the quality of service granted, 0 to 2
 * @param noLocal whether the client does not get its own messages
 * @param retainAsPublished whether the retain flag is passed on as it was published
 * @param identifier the MQTT 5 subscription identifier; 0 for none
 * @param scope how the topics begin that it may receive; empty for any
 */
public record BrokerSubscription(
    TopicFilter filter,
    int qos,
    boolean noLocal,
    boolean retainAsPublished,
    int identifier,
    String scope) {
  /** Without a limit other than the filter. */
  public BrokerSubscription(
      TopicFilter filter, int qos, boolean noLocal, boolean retainAsPublished, int identifier) {
    this(filter, qos, noLocal, retainAsPublished, identifier, "");
  }

  boolean mayReceive(String topic) {
    return topic.startsWith(scope);
  }
}
