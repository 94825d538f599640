package io.nnnco.nhub.stream;

import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
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

  private final TypedHandler<? super Uplink> uplinks;
  private final TypedHandler<? super Downlink> downlinks;
  private final TypedHandler<? super Join> joins;
  private final TypedHandler<? super UnknownMessage> unknowns;
  private final LongAdder unhandled = new LongAdder();
  private final Set<Class<?>> warned = ConcurrentHashMap.newKeySet();

  MessageHandlers(MessageHandlersBuilder builder) {
    MessageHandler given = builder.fallback;
    TypedHandler<DeviceMessage> fallback = given == null ? this::drop : given::handle;
    this.uplinks = orElse(builder.uplinks, fallback);
    this.downlinks = orElse(builder.downlinks, fallback);
    this.joins = orElse(builder.joins, fallback);
    this.unknowns = orElse(builder.unknowns, fallback);
  }

  private static <M extends DeviceMessage> TypedHandler<? super M> orElse(
      @Nullable TypedHandler<M> handler, TypedHandler<DeviceMessage> fallback) {
    return handler == null ? fallback : handler;
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
    if (message instanceof Uplink uplink) {
      uplinks.handle(uplink, delivery);
    } else if (message instanceof Downlink downlink) {
      downlinks.handle(downlink, delivery);
    } else if (message instanceof Join join) {
      joins.handle(join, delivery);
    } else if (message instanceof UnknownMessage unknown) {
      unknowns.handle(unknown, delivery);
    }
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
