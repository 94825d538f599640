package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A message that was published, by the fake, a simulator or a client. */
record PublishedMessage(
    Instant at,
    String topic,
    int qos,
    boolean retain,
    @Nullable @Description("the payload, if it is text in UTF-8") String payload,
    @Nullable @Description("the payload in Base64, if it is not text") String payloadBase64) {

  static PublishedMessage of(Dated dated) {
    Message message = dated.message();
    String text = text(message.payload());
    return new PublishedMessage(
        dated.at(),
        message.topic(),
        message.qos(),
        message.retain(),
        text,
        text == null ? Base64.getEncoder().encodeToString(message.payload()) : null);
  }

  private static @Nullable String text(byte[] payload) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A message as the bridge has it; it is written only for who asks. */
  record Dated(Instant at, Message message) {}
}
