package io.nnnco.nhub.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nnnco.nhub.core.JsonValue.JsonNull;
import io.nnnco.nhub.message.Location;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.message.NetworkMetadata;
import io.nnnco.nhub.message.Uplink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented example without one of its fields, or with it null: the rest stays as it is. */
class OptionalFieldsTest {
  private final MessageDecoder decoder = new MessageDecoder();

  static Set<String> fields() {
    return values(decode(new MessageDecoder(), "valid/documented-uplink.json")).keySet();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void decode_fieldAbsentOrNull_isEmptyAndNothingElseChanges(String field) {
    Map<String, Optional<Object>> expected =
        values(decode(decoder, "valid/documented-uplink.json"));
    boolean coordinate = field.startsWith("location.");
    expected.replaceAll(
        (name, value) ->
            name.equals(field)
                    || name.startsWith(field + ".")
                    || (coordinate && name.startsWith("location"))
                ? Optional.empty()
                : value);
    Uplink absent = decode(decoder, "optional/" + field + "-absent.json");
    assertEquals(expected, values(absent));
    assertEquals(absent, decode(decoder, "optional/" + field + "-null.json"));
  }

  @Test
  void goldenFiles_optionalFields_areAllThere() {
    Set<String> files = new TreeSet<>();
    for (String field : fields()) {
      files.addAll(
          List.of("optional/" + field + "-absent.json", "optional/" + field + "-null.json"));
    }
    assertEquals(files, new TreeSet<>(GoldenFiles.in("optional")));
  }

  private static Uplink decode(MessageDecoder decoder, String file) {
    byte[] json = GoldenFiles.read(file);
    return assertInstanceOf(Uplink.class, decoder.decode(MessageKind.UPLINK, json, 0, json.length));
  }

  /** Each optional field by its JSON name. */
  private static Map<String, Optional<Object>> values(Uplink uplink) {
    Optional<NetworkMetadata> network = Optional.ofNullable(uplink.networkMetadata());
    Optional<Location> location = Optional.ofNullable(uplink.location());
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    values.put("source", Optional.ofNullable(uplink.source()));
    values.put("message_type", Optional.ofNullable(uplink.messageType()));
    values.put("device_type", Optional.ofNullable(uplink.deviceType()));
    values.put("raw_payload", Optional.ofNullable(uplink.payload()));
    values.put("readings", Optional.<Object>of(uplink.readings().size()).filter(n -> !n.equals(0)));
    values.put(
        "readings.value",
        uplink.readings().stream()
            .findFirst()
            .<Object>map(reading -> reading.value())
            .filter(value -> !(value instanceof JsonNull)));
    values.put(
        "readings.unit", uplink.readings().stream().findFirst().map(reading -> reading.unit()));
    values.put("network_metadata", network.map(n -> true));
    values.put("network_metadata.rssi", network.map(NetworkMetadata::rssi));
    values.put("network_metadata.snr", network.map(NetworkMetadata::snr));
    values.put("network_metadata.gateway_id", network.map(NetworkMetadata::gatewayId));
    values.put("location", location.map(l -> true));
    values.put("location.latitude", location.map(Location::latitude));
    values.put("location.longitude", location.map(Location::longitude));
    return values;
  }
}
