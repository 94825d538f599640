package io.nnnco.nhub.testkit.internal.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Below TLS, where bad certificates are rejected in the handshake: says in the alert what is wrong
 * with a certificate, as OpenSSL does. The JDK's server has one alert for all, certificate_unknown.
 *
 * <p>In TLS 1.2, that alert is not encrypted. In TLS 1.3 it is, so its key is derived: from the
 * server's ephemeral key, which the JDK has made from random bytes of ours. If a client agrees on
 * another group than X25519, or a future JDK makes its keys otherwise, the JDK's alert stays.
 *
 * <p>There is no simpler way to these alerts. Whatever a trust manager throws, the JDK's server
 * sends this one; only its client maps reasons to alerts ({@code CertificateMessage} of JDK 17 and
 * 25). The TLS of Bouncy Castle or OpenSSL would be one more dependency of every user. With TLS 1.2
 * alone, a client would learn of the rejection in the handshake; with 1.3, it does so after its
 * side of the handshake has succeeded, and that is what its test must meet. Nothing here protects
 * anything: it seals a test's alert with the key of a connection that ends.
 */
final class CertificateAlert extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateAlert.class);
  private static final int NUMBER_IN_PLAIN_ALERT = 6;

  private final NotedRandom random = new NotedRandom();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private @Nullable TlsAlert alert;

  /** The randomness for the server's engine. */
  NotedRandom random() {
    return random;
  }

  /** What is sent next is the JDK's alert; sends this one instead. */
  void announce(TlsAlert next) {
    alert = next;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    received.writeBytes(ByteBufUtil.getBytes((ByteBuf) message));
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf bytes = (ByteBuf) message;
    if (alert == null || !bytes.isReadable()) {
      sent.writeBytes(ByteBufUtil.getBytes(bytes));
      var unused = ctx.write(bytes, promise);
      return;
    }
    byte[] original = ByteBufUtil.getBytes(bytes);
    bytes.release();
    var unused = ctx.write(Unpooled.wrappedBuffer(replaced(original, alert)), promise);
    alert = null;
  }

  private byte[] replaced(byte[] original, TlsAlert by) {
    if (original[0] == TlsTranscript.ALERT) {
      original[NUMBER_IN_PLAIN_ALERT] = (byte) by.number();
      return original;
    }
    try {
      return TlsTranscript.replaced(
          received.toByteArray(), sent.toByteArray(), random.notes(), original, by);
    } catch (GeneralSecurityException e) {
      LOG.debug("The alert stays certificate_unknown instead of {}", by, e);
      return original;
    }
  }
}
