package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Each of them would fail at every attempt to connect, and only you could fix it. */
  @ParameterizedTest
  @CsvSource({
    "'',                       it is empty",
    "' ',                      characters that no host name has",
    "a/b,                      without scheme",
    "a b,                      characters that no host name has",
    "a\tb,                    characters that no host name has",
    "user@a,                   without scheme",
    "mqtt.example.com:8883,    the port does not belong to it",
    "mqtts://a,                without scheme",
    "-mqtt.example.com,        hyphen",
    "mqtt-.example.com,        hyphen",
    "a.-b,                     hyphen",
    "a..b,                     nothing between two dots",
    ".a,                       nothing between two dots",
    ".,                        nothing between two dots",
    "a..,                      nothing between two dots",
    "*.example.com,            characters that no host name has",
    "mqtt.exämple.com,         java.net.IDN.toASCII",
    "1.2.3,                    no address of IPv4",
    "1.2.3.256,                no address of IPv4",
    "::g,                      no address of IPv6",
    "1:2:3,                    no address of IPv6",
    "[::1,                     no address of IPv6"
  })
  void at_hostThatIsNone_isRefusedWithTheReason(String host, String reason) {
    assertRefused(host, reason);
  }

  @Test
  void at_hostThatIsTooLong_isRefused_andNotRepeatedWhole() {
    assertRefused("a".repeat(64) + ".example.com", "63 characters");
    assertRefused("a.".repeat(127) + "a", "253 characters");
    assertEquals(253, at("https://a/", "a.".repeat(126) + "a").mqttHost().length());
    assertEquals(63, at("https://a/", "a".repeat(63)).mqttHost().length());
  }

  private static void assertRefused(String host, String reason) {
    String text =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> at("https://a/", host))
                .getMessage());
    assertTrue(text.contains(reason), text);
    assertTrue(text.length() < 200, text);
    assertThrows(IllegalArgumentException.class, () -> ProxyServer.http(host, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "::1",
        "[fe80::1]",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
        "my_host.example.com",
        "_mqtt.example.com",
        "mqtt.example.com.",
        "xn--exmple-cua.com",
        "a--b.1a"
      })
  void at_host_isTaken(String host) {
    assertEquals(host, at("https://a/", host).mqttHost());
    assertEquals(host, ProxyServer.socks5(host, 1).host());
  }

  @ParameterizedTest
  @CsvSource({
    "https://my_host.example.com/, underscore",
    "https://-a.example.com/,      hyphen",
    "https://a..b/,                nothing between two dots",
    "https://a-.example.com:443/,  hyphen"
  })
  void at_hostOfTheApiThatIsNone_isRefusedWithTheReason(String api, String reason) {
    String text =
        String.valueOf(assertThrows(IllegalArgumentException.class, () -> at(api)).getMessage());
    assertTrue(text.contains(reason), text);
  }

  /** OkHttp makes nothing of such an address, which would be noticed at the first call. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com:99999999999/",
        "http://[::1]:0/",
        "http://localhost:65536/"
      })
  void at_portOfTheApiThatIsNone_isRefusedWithTheReason(String api) {
    String text =
        String.valueOf(assertThrows(IllegalArgumentException.class, () -> at(api)).getMessage());
    assertTrue(text.contains("1 to 65,535"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com:1/", "https://example.com:65535/", "https://a:/"})
  void at_portOfTheApi_isTakenByTheHttpClientToo(String api) {
    assertNotNull(HttpUrl.get(at(api).api()));
  }

  private static NHubEnvironment at(String api, String mqttHost) {
    return NHubEnvironment.at(URI.create(api), mqttHost, 8883);
  }

  private static NHubEnvironment at(String api) {
    return NHubEnvironment.at(URI.create(api), "localhost", 8883);
  }
}
