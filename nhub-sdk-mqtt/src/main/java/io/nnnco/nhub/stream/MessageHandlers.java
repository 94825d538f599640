package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler for each kind of message, and one for the rest:
 *
 * <pre>{@code
 * MessageHandlers.builder()
 *     .onUplink((uplink, delivery) -> store(uplink))
 *     .onJoin((join, delivery) -> welcome(join.deviceId()))
 *     .otherwise((message, delivery) -> log.info("Not expected: {}", message))
 *     .build()
 * }</pre>
 *
 * <p>A message goes to the handler of its kind, or else to {@code otherwise}. If there is neither,
 * the SDK <b>acknowledges and discards</b> it, logs a warning for the first of each kind, and
 * counts it in {@link #unhandled()}. So a kind that the platform adds one day does no harm. To let
 * the {@link FailurePolicy} decide instead, throw in {@code otherwise}.
 *
 * <p>This only chooses the handler: {@link SubscribeOptionsBuilder#kinds} and {@link
 * SubscribeOptionsBuilder#allKinds()} choose which messages arrive. Safe for use by several threads
 * and subscriptions; immutable except for the count.
 */
public final class MessageHandlers implements MessageHandler {
  private static final Logger log = LoggerFactory.getLogger(MessageHandlers.class);

  private final MessageHandler uplinks;
  private final MessageHandler downlinks;
  private final MessageHandler joins;
  private final MessageHandler unknowns;
  private final LongAdder unhandled = new LongAdder();
  private final Set<Class<?>> warned = ConcurrentHashMap.newKeySet();

  MessageHandlers(MessageHandlersBuilder builder) {
    MessageHandler fallback = builder.fallback == null ? this::drop : builder.fallback;
    this.uplinks = orElse(Uplink.class, builder.uplinks, fallback);
    this.downlinks = orElse(Downlink.class, builder.downlinks, fallback);
    this.joins = orElse(Join.class, builder.joins, fallback);
    this.unknowns = orElse(UnknownMessage.class, builder.unknowns, fallback);
  }

  private static <M extends DeviceMessage> MessageHandler orElse(
      Class<M> type, @Nullable TypedHandler<M> handler, MessageHandler fallback) {
    return handler == null
        ? fallback
        : (message, delivery) -> handler.handle(type.cast(message), delivery);
  }

  private MessageHandler of(@Nullable MessageKind kind) {
    if (kind == null) {
      return unknowns;
    }
    return switch (kind) {
      case UPLINK -> uplinks;
      case DOWNLINK -> downlinks;
      case JOIN -> joins;
    };
  }

  /**
   * Starts without handlers.
   *
   * @return a builder
   */
  public static MessageHandlersBuilder builder() {
    return new MessageHandlersBuilder();
  }

  @Override
  public void handle(DeviceMessage message, Delivery delivery) throws Exception {
    of(message.kind()).handle(message, delivery);
  }

  /**
   * How many messages had no handler.
   *
   * @return the count since this was built; always 0 if {@code otherwise} is set
   */
  public long unhandled() {
    return unhandled.sum();
  }

  private void drop(DeviceMessage message, Delivery delivery) {
    unhandled.increment();
    if (warned.add(message.getClass())) {
      log.warn(
          "No handler for messages such as {} on {}: they are acknowledged and discarded;"
              + " subscribe to fewer kinds, or add otherwise(...)",
          message.getClass().getSimpleName(),
          ForeignText.shown(delivery.topic()));
    }
  }
}
