package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.internal.control.json.Description;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Text or bytes to publish. */
record RawMessage(
    @Description("the topic, without wildcards") String topic,
    @Nullable @Description("the payload as text") String payload,
    @Nullable @Description("the payload in Base64, instead of text") String payloadBase64,
    @Nullable @Description("0 or 1; 1 by default") Integer qos,
    @Nullable @Description("how many times to publish it; once by default") Integer times,
    @Nullable @Description("how long to wait until clients have acknowledged it; not by default")
        Duration awaitDelivered) {

  byte[] bytes() {
    if (payload != null && payloadBase64 != null) {
      throw new IllegalArgumentException("Give payload or payloadBase64, not both.");
    }
    if (payloadBase64 == null) {
      return (payload == null ? "" : payload).getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(payloadBase64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("payloadBase64 is not Base64: " + e.getMessage() + ".", e);
    }
  }
}
