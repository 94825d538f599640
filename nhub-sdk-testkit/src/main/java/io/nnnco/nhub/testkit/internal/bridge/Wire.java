package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Drop;
import io.nnnco.nhub.testkit.BridgeFault.HalfOpen;
import io.nnnco.nhub.testkit.BridgeFault.MalformedPacket;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.ServerDisconnect;
import io.nnnco.nhub.testkit.BridgeFault.Silence;
import io.nnnco.nhub.testkit.BridgeFault.Stall;
import java.util.HexFormat;

/** A socket, and the ways to end it. Used on the bridge's thread only. */
final class Wire {
  /** How much more than it should a client may leave unread before the bridge reads no more. */
  private static final int MAXIMUM_BACKLOG = 4 << 20;

  private final Channel channel;
  private final SslHandler tls;
  private final Valve valve;
  private boolean flushing;
  private boolean ended;

  Wire(Channel channel, SslHandler tls, Valve valve) {
    this.channel = channel;
    this.tls = tls;
    this.valve = valve;
  }

  Valve valve() {
    return valve;
  }

  SslHandler tls() {
    return tls;
  }

  /** Whether it has been ended: nothing more may be written, and anything read is ignored. */
  boolean ended() {
    return ended;
  }

  boolean writable() {
    return !ended && channel.isWritable() && valve.takesMore();
  }

  /** Writes a packet, which is sent at the end of the thread's current work. */
  void write(Object packet) {
    if (ended) {
      ReferenceCountUtil.release(packet);
      return;
    }
    var unused = channel.write(packet);
    if (channel.bytesBeforeWritable() > MAXIMUM_BACKLOG) {
      valve.holdInput(true);
    }
    if (!flushing) {
      flushing = true;
      channel.eventLoop().execute(this::flush);
    }
  }

  /** The client has read what was held back for it. */
  void drained() {
    if (channel.isWritable()) {
      valve.holdInput(false);
    }
  }

  private void flush() {
    flushing = false;
    channel.flush();
  }

  /** Applies a fault. What was written before is sent before. */
  void suffer(BridgeFault fault, Moment moment, int level) {
    channel.flush();
    if (fault instanceof Drop) {
      drop(moment);
    } else if (fault instanceof ServerDisconnect disconnect) {
      if (level == Packets.MQTT_5) {
        write(Packets.disconnect(disconnect.reasonCode(), disconnect.reason()));
      }
      endGently();
    } else if (fault instanceof MalformedPacket malformed) {
      write(Unpooled.wrappedBuffer(HexFormat.of().parseHex(malformed.hex())));
    } else if (fault instanceof Stall stall) {
      valve.stall(stall.time());
    } else if (fault instanceof Silence) {
      valve.silence();
    } else if (fault instanceof HalfOpen) {
      valve.die();
    }
  }

  /** After a write, the written bytes should arrive, which a reset would not guarantee. */
  private void drop(Moment moment) {
    switch (moment) {
      case CONNACK, SUBACK, PUBLISHED -> cut();
      default -> reset();
    }
  }

  /**
   * Ends it after everything that was written, so that the client can read it: see {@link
   * GentleClose}.
   */
  void endGently() {
    if (!ended) {
      valve.open();
      channel.flush();
      ended = true;
      var unused = channel.close();
    }
  }

  /** Ends it after everything that was written, without a DISCONNECT or a close_notify. */
  void cut() {
    ended = true;
    valve.open();
    channel.flush();
    close();
  }

  /** Ends it with a TCP reset. */
  void reset() {
    ended = true;
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    close();
  }

  /** Below TLS, which would send a close_notify, and below the gentle close. */
  private void close() {
    ChannelHandlerContext bottom = channel.pipeline().context(GentleClose.class);
    if (bottom != null) {
      var unused = bottom.close();
    }
  }
}
