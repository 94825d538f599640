package io.nnnco.nhub.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of {@link NHubObservations}, with the names of their attributes. */
public enum NHubObservationDocumentation implements ObservationDocumentation {
  /** A handler call, for one message or a batch. */
  PROCESS("nhub.process", "process") {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultNHubProcessConvention.class;
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
      return HighCardinalityKeys.values();
    }
  },

  /** The acknowledgement of a message with QoS 1: from its verdict until the PUBACK is sent. */
  SETTLE("nhub.settle", "settle") {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultNHubSettleConvention.class;
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
      return new KeyName[] {
        HighCardinalityKeys.CLIENT_ID,
        HighCardinalityKeys.DESTINATION_NAME,
        HighCardinalityKeys.DEVICE,
        HighCardinalityKeys.ERROR_TYPE
      };
    }
  };

  private final String name;
  private final String contextualName;

  NHubObservationDocumentation(String name, String contextualName) {
    this.name = name;
    this.contextualName = contextualName;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getContextualName() {
    return contextualName + " {messaging.destination.template}";
  }

  @Override
  public KeyName[] getLowCardinalityKeyNames() {
    return LowCardinalityKeys.values();
  }

  /** Attributes of spans that are tags of meters, too: always present, with few values. */
  public enum LowCardinalityKeys implements KeyName {
    /** Always {@code mqtt}. */
    SYSTEM("messaging.system"),
    /** {@code process} or {@code settle}. */
    OPERATION_NAME("messaging.operation.name"),
    /** {@code process} or {@code settle}. */
    OPERATION_TYPE("messaging.operation.type"),
    /**
     * Such as <code>v4/groups/{enterprise}.master/{device}/uplinks</code>; {@code none} where a
     * batch has several, or the topic has no documented form.
     */
    DESTINATION_TEMPLATE("messaging.destination.template"),
    /** Such as {@code nnn.acme}; {@code none} where a batch has several, or the topic has none. */
    ENTERPRISE("nhub.enterprise");

    private final String key;

    LowCardinalityKeys(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }
  }

  /** Attributes of spans only. */
  public enum HighCardinalityKeys implements KeyName {
    /** The MQTT client id. */
    CLIENT_ID("messaging.client.id"),
    /** The topic. Not with a batch of several messages. */
    DESTINATION_NAME("messaging.destination.name"),
    /** The size of the payload in bytes. Not with a batch of several messages. */
    MESSAGE_BODY_SIZE("messaging.message.body.size"),
    /** How many messages the batch has. Only with a handler of batches. */
    BATCH_MESSAGE_COUNT("messaging.batch.message_count"),
    /** The device id. Not with a batch of several messages. */
    DEVICE("nhub.device"),
    /**
     * The class of what the handler threw. Only after a failure, so it cannot be a tag of meters,
     * which have Micrometer's {@code error} instead.
     */
    ERROR_TYPE("error.type");

    private final String key;

    HighCardinalityKeys(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }

    @Override
    public boolean isRequired() {
      return this == CLIENT_ID;
    }
  }
}
