package io.nnnco.nhub.testkit.internal.bridge;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Between MQTT and TLS: passes bytes on, holds them back, or drops them. */
final class Valve extends ChannelDuplexHandler {
  private static final int MAX_HELD = 64 << 10;

  /** Notifications for the handlers above. */
  enum Event {
    /** More can be written than a moment ago. */
    TAKES_MORE
  }

  private enum Position {
    OPEN,
    STALLED,
    SLOW,
    SILENT,
    DEAD
  }

  private final Deque<ByteBuf> held = new ArrayDeque<>();
  private int heldBytes;
  private Position position = Position.OPEN;
  private boolean inputHeld;
  private @Nullable ChannelHandlerContext context;

  /** Whether more should be written now. */
  boolean takesMore() {
    return switch (position) {
      case OPEN, SILENT -> true;
      case SLOW -> heldBytes < MAX_HELD;
      case STALLED, DEAD -> false;
    };
  }

  /** Whether the client's bytes are read; if not, its silence proves nothing. */
  boolean reads() {
    return position != Position.STALLED && position != Position.DEAD;
  }

  /** Whether nothing goes in or out any more. */
  boolean dead() {
    return position == Position.DEAD;
  }

  /** Nothing goes in or out for a while. */
  void stall(Duration time) {
    if (position == Position.OPEN) {
      position = Position.STALLED;
      read(false);
      later(time, this::open);
    }
  }

  /** Passes on a few bytes at a time from now on. */
  void slow(int bytes, Duration pause) {
    if (position == Position.OPEN) {
      position = Position.SLOW;
      later(pause, () -> drip(bytes, pause));
    }
  }

  /** Nothing goes out any more. */
  void silence() {
    position = Position.SILENT;
    release();
  }

  /** Nothing goes in or out any more, not even the end. */
  void die() {
    position = Position.DEAD;
    read(false);
    release();
  }

  /** Writes held-back bytes at once, because the connection ends. */
  void open() {
    if (context == null || position == Position.SILENT || position == Position.DEAD) {
      return;
    }
    position = Position.OPEN;
    while (!held.isEmpty()) {
      var unused = context.write(held.remove());
    }
    heldBytes = 0;
    context.flush();
    read(true);
    context.fireUserEventTriggered(Event.TAKES_MORE);
  }

  private void drip(int bytes, Duration pause) {
    if (position != Position.SLOW || context == null) {
      return;
    }
    int budget = bytes;
    while (budget > 0 && !held.isEmpty()) {
      ByteBuf first = held.peek();
      int piece = Math.min(budget, first.readableBytes());
      var unused = context.write(first.readRetainedSlice(piece));
      budget -= piece;
      heldBytes -= piece;
      if (!first.isReadable()) {
        held.remove().release();
      }
    }
    context.flush();
    if (takesMore()) {
      context.fireUserEventTriggered(Event.TAKES_MORE);
    }
    later(pause, () -> drip(bytes, pause));
  }

  /** Reads nothing from the client until it has read what it was sent. */
  void holdInput(boolean hold) {
    inputHeld = hold;
    read(reads());
  }

  private void read(boolean on) {
    if (context != null) {
      context.channel().config().setAutoRead(on && !inputHeld);
    }
  }

  private void later(Duration time, Runnable task) {
    if (context != null && context.channel().isActive()) {
      var unused = context.executor().schedule(task, NANOSECONDS.convert(time), NANOSECONDS);
    }
  }

  private void release() {
    held.forEach(ByteBuf::release);
    held.clear();
    heldBytes = 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    release();
    context = null;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (position == Position.OPEN) {
      var unused = ctx.write(message, promise);
      return;
    }
    if (position == Position.STALLED || position == Position.SLOW) {
      ByteBuf bytes = (ByteBuf) message;
      heldBytes += bytes.readableBytes();
      held.add(bytes);
    } else {
      ReferenceCountUtil.release(message);
    }
    promise.setSuccess();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (position == Position.DEAD) {
      ReferenceCountUtil.release(message);
    } else {
      ctx.fireChannelRead(message);
    }
  }
}
