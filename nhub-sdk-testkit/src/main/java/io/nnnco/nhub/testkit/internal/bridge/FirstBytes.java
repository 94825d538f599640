package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/**
 * Remembers how the first packet begins: if the protocol level of a CONNECT is unknown, the codec
 * does not report it.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  private static final int ENOUGH = 16;
  private final byte[] bytes = new byte[ENOUGH];
  private int count;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    int length = Math.min(ENOUGH - count, buffer.readableBytes());
    buffer.getBytes(buffer.readerIndex(), bytes, count, length);
    count += length;
    if (count == ENOUGH) {
      ctx.pipeline().remove(this);
    }
    ctx.fireChannelRead(message);
  }

  /** The protocol level in a CONNECT (section 3.1.2.2); 0 if there is none. */
  int protocolLevel() {
    ByteBuffer packet = ByteBuffer.wrap(bytes, 1, count - 1);
    while (packet.get() < 0) {
      // the remaining length
    }
    int name = packet.getShort();
    int level = packet.position() + name;
    return name >= 0 && level < count ? bytes[level] : 0;
  }
}
