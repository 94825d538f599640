package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NHubEnvironmentTest {
  @Test
  void of_name_hasTheDocumentedAddresses() {
    NHubEnvironment environment = NHubEnvironment.of("dev-au-03");
    assertEquals(URI.create("https://api.dev-au-03.nnnco.io/api/v4/manage/"), environment.api());
    assertEquals("mqtt.dev-au-03.nnnco.io", environment.mqttHost());
    assertEquals(8883, environment.mqttPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a/b", "evil.com#", "a\n", "é"})
  void of_nameThatIsNoPartOfAHost_isRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> NHubEnvironment.of(name));
  }

  @Test
  void at_missingSlash_isAdded() {
    assertEquals(URI.create("https://example.com/manage/"), at("https://example.com/manage").api());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:8080/", "http://127.0.0.1/", "http://[::1]:1/", "HTTPS://a/"})
  void at_safeAddress_isTaken(String api) {
    assertEquals(URI.create(api), at(api).api());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "ftp://localhost/",
        "mailto:a@example.com",
        "/api/v4",
        "https:///api",
        "https://example.com/?a=b",
        "https://example.com/#a"
      })
  void at_unsafeAddress_isRefused(String api) {
    assertThrows(IllegalArgumentException.class, () -> at(api));
  }

  @Test
  void at_addressWithCredentials_isRefusedWithoutRepeatingThem() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> at("https://u:s3cret@example.com/"));
    assertFalse(error.toString().contains("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void at_portThatIsNone_isRefused(int port) {
    URI api = URI.create("https://example.com/");
    assertThrows(
        IllegalArgumentException.class, () -> NHubEnvironment.at(api, "example.com", port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a b", "user@a", "mqtt.example.com:8883", "mqtts://a"})
  void at_hostThatIsNone_isRefused(String host) {
    URI api = URI.create("https://example.com/");
    assertThrows(IllegalArgumentException.class, () -> NHubEnvironment.at(api, host, 8883));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "[fe80::1]", "my_host.example.com"})
  void at_host_isTaken(String host) {
    URI api = URI.create("https://example.com/");
    assertEquals(host, NHubEnvironment.at(api, host, 8883).mqttHost());
  }

  private static NHubEnvironment at(String api) {
    return NHubEnvironment.at(URI.create(api), "localhost", 8883);
  }
}
