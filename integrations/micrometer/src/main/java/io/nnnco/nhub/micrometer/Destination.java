package io.nnnco.nhub.micrometer;

import io.nnnco.nhub.message.DeviceTopic;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.Delivery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the topics of messages have in common, with few different values: a topic comes from
 * elsewhere, so no part of it is taken over that is not known.
 *
 * @param template the topic without enterprise and device; null where there are several, or one
 *     that has no documented form
 * @param enterprise the code of the enterprise; null where there are several, or none
 */
record Destination(@Nullable String template, @Nullable String enterprise) {
  private static final Destination NONE = new Destination(null, null);

  static Destination of(List<Delivery> deliveries) {
    Destination common = of(deliveries.get(0));
    for (int i = 1; i < deliveries.size() && !common.equals(NONE); i++) {
      common = common.and(of(deliveries.get(i)));
    }
    return common;
  }

  private static Destination of(Delivery delivery) {
    return DeviceTopic.parse(delivery.topic())
        .map(topic -> new Destination(template(topic.kind()), topic.enterprise().code()))
        .orElse(NONE);
  }

  private static String template(Optional<MessageKind> kind) {
    return "v4/groups/{enterprise}.master/{device}/"
        + kind.map(MessageKind::topicLevel).orElse("{kind}");
  }

  private Destination and(Destination other) {
    return new Destination(same(template, other.template), same(enterprise, other.enterprise));
  }

  private static @Nullable String same(@Nullable String one, @Nullable String other) {
    return one != null && one.equals(other) ? one : null;
  }
}
