package io.nnnco.nhub.testkit.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class WireTest {
  /** A client that reads only if it is told to. */
  private static final class Reader extends ChannelOutboundHandlerAdapter {
    private boolean reads;

    @Override
    public void flush(ChannelHandlerContext ctx) {
      if (reads) {
        ctx.flush();
      }
    }
  }

  @Test
  void write_toAClientThatAsksAndDoesNotRead_stopsTheReadingUntilItHasRead() throws Exception {
    Reader client = new Reader();
    Valve valve = new Valve();
    EmbeddedChannel channel = new EmbeddedChannel(client, valve);
    Wire wire = new Wire(channel, new SslHandler(SSLContext.getDefault().createSSLEngine()), valve);

    for (int i = 0; i < 8; i++) {
      wire.write(Unpooled.wrappedBuffer(new byte[1 << 20]));
    }
    assertFalse(channel.config().isAutoRead());

    client.reads = true;
    channel.flush();
    wire.drained();
    assertTrue(channel.config().isAutoRead());
    channel.finishAndReleaseAll();
  }

  @Test
  void stall_ofMoreNanosecondsThanALongHas_isForEver() {
    Valve valve = new Valve();
    EmbeddedChannel channel = new EmbeddedChannel(valve);

    valve.stall(ChronoUnit.FOREVER.getDuration());

    assertFalse(channel.config().isAutoRead());
    channel.finishAndReleaseAll();
  }
}
