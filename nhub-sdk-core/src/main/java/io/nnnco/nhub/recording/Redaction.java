package io.nnnco.nhub.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.FileProblem;
import io.nnnco.nhub.core.internal.OwnerOnly;
import io.nnnco.nhub.message.DeviceTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what tells which devices sent the messages of a {@linkplain Recording recording}, and
 * where they are, by keyed hashes (HMAC-SHA-256). The same device or place has the same hash, so
 * order and coincidence stay; without the key, nobody can find out from which text a hash came.
 *
 * <p><b>What is replaced.</b>
 *
 * <ul>
 *   <li>Ids: the device id in the topic and wherever a text of the payload is the same; {@code
 *       device_id}, {@code device_name}, {@code dev_eui}, {@code gateway_id}, serial numbers and
 *       their like. They become 16 hexadecimal digits.
 *   <li>Locations: everything in {@code location}, and the coordinates elsewhere, also as readings.
 *       A number becomes another number, a latitude another latitude. Zero stays zero, which is how
 *       a receiver without a fix shows.
 *   <li>{@code raw_payload}, which may have both: as many other digits.
 *   <li>User properties with such a name, or the device's id.
 * </ul>
 *
 * <p>Every other byte stays, the enterprise too. Of a payload that is not JSON, only what comes
 * before the mistake can be judged: it is cut off there. Texts of your own that contain an id among
 * other words stay; look at a recording before you hand it on.
 *
 * <p>Immutable and thread-safe.
 */
public final class Redaction {
  private static final int KEY_BYTES = 32;
  private static final int SHORTEST_KEY = 16;

  private final KeyedHash hash;

  private Redaction(String key) {
    hash = new KeyedHash(key.getBytes(UTF_8));
  }

  /**
   * With a key that is kept nowhere: the recording cannot be continued.
   *
   * @return the redaction
   */
  public static Redaction withRandomKey() {
    return new Redaction(randomKey());
  }

  /**
   * With a key of yours: all recordings with the same key have the same hashes.
   *
   * @param key the key, of 16 characters or more
   * @return the redaction
   * @throws IllegalArgumentException if the key is shorter
   */
  public static Redaction withKey(Secret key) {
    if (key.reveal().length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "The key of a redaction needs " + SHORTEST_KEY + " characters or more.");
    }
    return new Redaction(key.reveal());
  }

  /**
   * With the key in a file. If there is no such file, it is created with a random key, for its
   * owner only.
   *
   * @param file the file; keep it apart from the recordings
   * @return the redaction
   * @throws RecordingException if the file cannot be read or created, or holds no key of 16
   *     characters or more
   */
  public static Redaction withKeyFile(Path file) {
    try {
      if (OwnerOnly.create(file)) {
        Files.writeString(file, randomKey() + "\n");
      }
      String key = Files.readString(file).strip();
      if (key.length() < SHORTEST_KEY) {
        throw unusable(file, "it has fewer than " + SHORTEST_KEY + " characters", null);
      }
      return new Redaction(key);
    } catch (IOException e) {
      throw unusable(file, FileProblem.of(e), e);
    }
  }

  private static RecordingException unusable(Path file, String why, @Nullable IOException cause) {
    return new RecordingException(
        CoreErrorCode.RECORDING_KEY,
        "The key file " + file + " cannot be used: " + why + ".",
        cause);
  }

  private static String randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  /** The same for the same key, and of no use without it. */
  String fingerprint() {
    return hash.id("nhub-recording");
  }

  /**
   * Redacts a message.
   *
   * @param message the message as it arrived
   * @return the message as it is recorded
   */
  public RecordedMessage of(RecordedMessage message) {
    String deviceId = message.deviceId();
    return new RecordedMessage(
        message.arrivedAt(),
        topic(message.topic()),
        new PayloadRedaction(hash, deviceId, message.sharedPayload()).bytes(),
        message.qos(),
        message.redelivered(),
        properties(message.userProperties(), deviceId));
  }

  /** A topic of another form is a device's id as a whole. */
  private String topic(String topic) {
    return DeviceTopic.parse(topic)
        .map(
            parts ->
                new DeviceTopic(parts.enterprise(), hash.id(parts.deviceId()), parts.level())
                    .toString())
        .orElseGet(() -> hash.id(topic));
  }

  private List<Map.Entry<String, String>> properties(
      List<Map.Entry<String, String>> properties, String deviceId) {
    return properties.stream()
        .map(
            each ->
                FieldMeaning.of(each.getKey()) == FieldMeaning.OTHER
                        && !each.getValue().equals(deviceId)
                    ? each
                    : Map.entry(each.getKey(), hash.id(each.getValue())))
        .toList();
  }
}
