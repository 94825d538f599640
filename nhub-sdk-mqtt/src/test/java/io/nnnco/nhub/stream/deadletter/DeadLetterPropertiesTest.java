package io.nnnco.nhub.stream.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.Enterprise;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.UserProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user properties of a message are in the file with it. */
class DeadLetterPropertiesTest extends DeadLetterFixture {
  private static final List<UserProperty> SENT =
      List.of(
          new UserProperty("traceparent", "00-1"),
          new UserProperty("tag", "two\nlines, \"quoted\" 🌡"),
          new UserProperty("tag", ""),
          new UserProperty("", "\u202e"));

  DeadLetterPropertiesTest(@TempDir Path directory) {
    super(directory);
  }

  private record Traced(TestDelivery delivery, List<UserProperty> userProperties)
      implements Delivery {
    @Override
    public String topic() {
      return delivery.topic();
    }

    @Override
    public Optional<Enterprise> enterprise() {
      return delivery.enterprise();
    }

    @Override
    public String deviceId() {
      return delivery.deviceId();
    }

    @Override
    public Instant arrivedAt() {
      return delivery.arrivedAt();
    }

    @Override
    public Qos qos() {
      return delivery.qos();
    }

    @Override
    public boolean redelivered() {
      return delivery.redelivered();
    }

    @Override
    public byte[] payload() {
      return delivery.payload();
    }

    @Override
    public String deduplicationKey() {
      return delivery.deduplicationKey();
    }
  }

  private static FailedMessage traced(List<UserProperty> properties) {
    return new FailedMessage(
        new Traced(TestDelivery.of("ABC123", "uplinks"), properties), new IOException("down"), 4);
  }

  private static List<List<UserProperty>> propertiesRedriven(DeadLetterFile file) {
    List<List<UserProperty>> seen = new ArrayList<>();
    file.redrive((message, delivery) -> seen.add(delivery.userProperties()));
    return seen;
  }

  @Test
  void redrive_handsThemOverAsTheyWere() throws IOException {
    DeadLetterFile file = open();
    file.handle(traced(SENT));
    file.handle(failed("a"));

    assertEquals(2, lines().size());
    assertEquals(List.of(SENT, List.of()), propertiesRedriven(file));
  }

  @Test
  void handle_writesThemAsPairs_andNothingIfThereAreNone() throws IOException {
    DeadLetterFile file = open();
    file.handle(traced(SENT.subList(0, 1)));
    file.handle(failed("a"));

    String pairs = "\"user_properties\":[[\"traceparent\",\"00-1\"]],";
    assertTrue(lines().get(0).contains(pairs), lines().get(0));
    assertFalse(lines().get(1).contains("user_properties"), lines().get(1));
  }

  @Test
  void redrive_thatFailsAgain_keepsThem() {
    DeadLetterFile file = open();
    file.handle(traced(SENT));
    file.redrive(
        (message, delivery) -> {
          throw new IOException("still down");
        });

    assertEquals(List.of(SENT), propertiesRedriven(file));
  }

  /** Not to be handed over without what it came with: it stays, for somebody to look at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[\"k\"]]",
        "[[\"k\",\"v\",\"v\"]]",
        "[[\"k\",1]]",
        "[[null,\"v\"]]",
        "[[\"k\",[\"v\"]]]",
        "[[]]",
        "[{\"k\":\"v\"}]",
        "[\"k\",\"v\"]",
        "[[\"k\",\"v\"],1]",
      })
  void redrive_lineWithOthersThanWeWrite_isUnreadableAndStays(String properties)
      throws IOException {
    DeadLetterFile file = open();
    file.handle(traced(SENT.subList(0, 1)));
    file.close();
    String ours = "[[\"traceparent\",\"00-1\"]]";
    assertTrue(lines().get(0).contains(ours));
    Files.writeString(path, lines().get(0).replace(ours, properties) + "\n", UTF_8);

    assertEquals(new RedriveReport(0, 0, 1, 0), open().redrive((message, delivery) -> {}));
    assertEquals(1, lines().size());
  }

  /** As those that this SDK wrote before there were user properties did with fields of theirs. */
  @Test
  void redrive_fieldsOfANewerVersion_arePassedOver() throws IOException {
    DeadLetterFile file = open();
    file.handle(traced(SENT));
    file.close();
    String line = lines().get(0);
    String more = ",\"later\":[[\"k\",\"v\"],[2]],\"more\":{\"user_properties\":[3]}}\n";
    Files.writeString(path, line.substring(0, line.length() - 1) + more, UTF_8);

    assertEquals(List.of(SENT), propertiesRedriven(open()));
  }
}
