package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import java.util.List;

/**
 * Before the codec: lets whole packets through that keep MQTT's rules. Instead of the first that
 * does not, passes on a message that cannot be decoded, and after that nothing more.
 */
final class PacketGate extends ByteToMessageDecoder {
  private static final int MAXIMUM_LENGTH_BYTES = 4;

  private final PacketRules rules = new PacketRules();
  private boolean shut;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (shut) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      int size = size(in);
      if (size > 0 && in.readableBytes() >= size) {
        rules.check(in.slice(in.readerIndex(), size));
        out.add(in.readRetainedSlice(size));
      }
    } catch (PacketFlaw flaw) {
      shut = true;
      in.skipBytes(in.readableBytes());
      out.add(MqttMessageFactory.newInvalidMessage(flaw));
    }
  }

  /** Of the whole packet; 0 if that cannot be told yet. */
  private static int size(ByteBuf in) {
    int start = in.readerIndex();
    int length = 0;
    for (int i = 0; i < MAXIMUM_LENGTH_BYTES; i++) {
      if (in.readableBytes() < i + 2) {
        return 0;
      }
      int digit = in.getUnsignedByte(start + 1 + i);
      length |= (digit & 0x7F) << (7 * i);
      if (digit <= 0x7F) {
        return checkedSize(length, i + 2);
      }
    }
    throw PacketFlaw.malformed("a length of more than four bytes");
  }

  private static int checkedSize(int length, int header) {
    if (length > Packets.MAXIMUM_PACKET_SIZE) {
      throw new PacketFlaw(ReasonCodes.PACKET_TOO_LARGE, "the packet is too large");
    }
    return header + length;
  }
}
