package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Below TLS: closes a connection so that the client can read what was written last. Closing with
 * unread input would cause a TCP reset, which discards data in transit. So this shuts down the
 * output, reads and discards the input, and closes the socket when the client has closed it, or
 * soon after.
 */
final class GentleClose extends ChannelDuplexHandler {
  /**
   * How long a client has to read why it was refused: long enough for one that a busy machine
   * delays.
   */
  private static final long LAST_WORDS_MILLIS = 5_000;

  private boolean closing;

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    if (closing) {
      return;
    }
    closing = true;
    ctx.channel().config().setAutoRead(true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> shutdownOutput(ctx));
    var unused =
        ctx.executor().schedule(() -> forceClosed(ctx), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void forceClosed(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }

  private static void shutdownOutput(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      var unused = duplex.shutdownOutput();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing) {
      ReferenceCountUtil.release(message);
    } else {
      ctx.fireChannelRead(message);
    }
  }
}
