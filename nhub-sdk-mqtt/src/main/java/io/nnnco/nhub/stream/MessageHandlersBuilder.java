package io.nnnco.nhub.stream;

import io.nnnco.nhub.message.Downlink;
import io.nnnco.nhub.message.Join;
import io.nnnco.nhub.message.UnknownMessage;
import io.nnnco.nhub.message.Uplink;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link MessageHandlers}. A second handler for the same kind is refused, since one of the
 * two would never be called. Not safe for use by several threads.
 */
public final class MessageHandlersBuilder {
  @Nullable TypedHandler<Uplink> uplinks;
  @Nullable TypedHandler<Downlink> downlinks;
  @Nullable TypedHandler<Join> joins;
  @Nullable TypedHandler<UnknownMessage> unknowns;
  @Nullable MessageHandler fallback;
  private boolean empty = true;

  MessageHandlersBuilder() {}

  /**
   * Handles what devices send.
   *
   * @param handler gets each uplink
   * @return this builder
   * @throws IllegalStateException if there is a handler for uplinks
   */
  public MessageHandlersBuilder onUplink(TypedHandler<Uplink> handler) {
    uplinks = only("onUplink", uplinks, handler);
    return this;
  }

  /**
   * Handles the confirmations of what was sent to devices.
   *
   * @param handler gets each downlink confirmation
   * @return this builder
   * @throws IllegalStateException if there is a handler for downlinks
   */
  public MessageHandlersBuilder onDownlink(TypedHandler<Downlink> handler) {
    downlinks = only("onDownlink", downlinks, handler);
    return this;
  }

  /**
   * Handles devices that join the network.
   *
   * @param handler gets each join
   * @return this builder
   * @throws IllegalStateException if there is a handler for joins
   */
  public MessageHandlersBuilder onJoin(TypedHandler<Join> handler) {
    joins = only("onJoin", joins, handler);
    return this;
  }

  /**
   * Handles the kinds that this version of the SDK does not know.
   *
   * @param handler gets each such message
   * @return this builder
   * @throws IllegalStateException if there is a handler for unknown messages
   */
  public MessageHandlersBuilder onUnknown(TypedHandler<UnknownMessage> handler) {
    unknowns = only("onUnknown", unknowns, handler);
    return this;
  }

  /**
   * Handles each message whose kind has no handler of its own.
   *
   * @param handler gets them
   * @return this builder
   * @throws IllegalStateException if there is a handler for the rest
   */
  public MessageHandlersBuilder otherwise(MessageHandler handler) {
    fallback = only("otherwise", fallback, handler);
    return this;
  }

  private <H> H only(String method, @Nullable H present, H handler) {
    Objects.requireNonNull(handler, "handler");
    if (present != null) {
      throw new IllegalStateException(method + "(...) was called before.");
    }
    empty = false;
    return handler;
  }

  /**
   * The handlers.
   *
   * @return an immutable snapshot of this builder
   * @throws IllegalStateException if there is no handler at all
   */
  public MessageHandlers build() {
    if (empty) {
      throw new IllegalStateException("There is no handler: add one, such as onUplink(...).");
    }
    return new MessageHandlers(this);
  }
}
