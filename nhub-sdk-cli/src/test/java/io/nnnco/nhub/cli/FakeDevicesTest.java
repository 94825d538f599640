package io.nnnco.nhub.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated devices of {@code nhub fake}. */
final class FakeDevicesTest {
  @TempDir private Path dir = Path.of("unused");

  /** Uplinks that the fake's subscriber gets. */
  private List<JsonNode> uplinks(int count, String... options) throws Exception {
    String[] fake = {"fake", "--dir", dir.toString(), "--rate", "50", "--seed", "7"};
    String[] all = new String[fake.length + options.length];
    System.arraycopy(fake, 0, all, 0, fake.length);
    System.arraycopy(options, 0, all, fake.length, options.length);
    try (RunningCommand running = new Cli(dir).start(all)) {
      running.awaitLine("/revoke/");
      Cli.Result tail =
          new Cli(dir)
              .run(
                  "tail",
                  "nnn.acme",
                  "--json",
                  "--fake",
                  dir.toString(),
                  "--count",
                  String.valueOf(count));
      assertEquals(0, tail.exit(), tail.err());
      ObjectMapper json = new ObjectMapper();
      return tail.lines().stream().map(line -> read(json, line)).toList();
    }
  }

  private static JsonNode read(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void with_aPhenomenon_itHappensAsOftenAsItSays() throws Exception {
    List<JsonNode> uplinks = uplinks(60, "--with", "null-island=1,CLOCK_RESETS=0", "--with=loss=0");

    assertTrue(
        uplinks.stream().allMatch(uplink -> uplink.at("/location/latitude").asDouble(1) == 0),
        uplinks::toString);
  }

  @Test
  void realistic_butForOnePhenomenon_canBeCombined() throws Exception {
    List<JsonNode> uplinks = uplinks(200, "--realistic", "--with=duplicates=1");
    Set<String> different = new HashSet<>();
    uplinks.forEach(
        uplink -> different.add(uplink.path("device_id").asText() + uplink.path("timestamp_ms")));

    assertTrue(
        different.size() > 60 && different.size() < 150,
        different.size() + " of " + uplinks.size());
  }

  @ParameterizedTest
  @CsvSource({
    "--with=rain=0.1, 'there is no \"rain\"; there are: loss, loss-bursts, gateway-outages'",
    "--with=loss=2, '\"2\" is not a share of 0 to 1'",
    "--with=loss=NaN, '\"NaN\" is not a share of 0 to 1'",
    "--with=loss=often, '\"often\" is not a share of 0 to 1'",
    "--with=loss, KEY=VALUE",
  })
  void with_whatIsNoneOrNoShare_saysSoInOneLineAndExitsWith2(String option, String message) {
    new Cli(dir).run("fake", option).assertFailed(ExitCode.MISTAKE, message);
  }
}
