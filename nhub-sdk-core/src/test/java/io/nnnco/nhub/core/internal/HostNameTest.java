package io.nnnco.nhub.core.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a host is to DNS, TLS and SOCKS. Which text is a host at all: {@code NHubEnvironmentTest}.
 */
class HostNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "mqtt.example.com", "1-2", "xn--bcher-kva.example", "10.a"})
  void isServerName_ofAName_isSoAndTheJdkTakesIt(String host) {
    HostName.require("a host", host);
    assertTrue(HostName.isServerName(host));
    assertDoesNotThrow(() -> new SNIHostName(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "[::1]", "fe80::1%eth0", "my_host.example.com"})
  void isServerName_ofAnAddressOrAnUnderscore_isNot(String host) {
    HostName.require("a host", host);
    assertFalse(HostName.isServerName(host));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "[::1], true", "fe80::1%eth0, true", "a_b, false", "1-2, false"})
  void isAddress_isSoOfLiteralsAlone(String host, boolean address) {
    assertEquals(address, HostName.isAddress(host));
  }

  @Test
  void withoutDot_leavesOutTheLastDotAlone() {
    assertEquals("mqtt.example.com", HostName.withoutDot("mqtt.example.com."));
    assertEquals("localhost", HostName.withoutDot("localhost"));
  }
}
