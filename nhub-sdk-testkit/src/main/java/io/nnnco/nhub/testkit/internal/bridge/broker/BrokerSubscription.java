package io.nnnco.nhub.testkit.internal.bridge.broker;

/**
 * What a client has subscribed to.
 *
 * @param filter the topics
 * @param qos the quality of service granted, 0 or 1
 * @param noLocal whether the client does not get its own messages
 * @param retainAsPublished whether the retain flag is passed on as it was published
 * @param identifier the MQTT 5 subscription identifier; 0 for none
 */
public record BrokerSubscription(
    TopicFilter filter, int qos, boolean noLocal, boolean retainAsPublished, int identifier) {}
