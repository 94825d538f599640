package io.nnnco.nhub.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.core.ProxyServer.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {
  private static final Secret PASSWORD = Secret.of("canary-4711");

  @Test
  void http_andSocks_haveNoLoginAtFirst() {
    assertEquals(Kind.HTTP, ProxyServer.http("proxy.example.com", 3128).kind());
    assertEquals(Kind.SOCKS5, ProxyServer.socks5("::1", 1080).kind());
    assertNull(ProxyServer.http("proxy.example.com", 3128).username());
  }

  @Test
  void withLogin_keepsTheRest_andHidesThePassword() {
    ProxyServer proxy = ProxyServer.http("proxy.example.com", 3128).withLogin("user", PASSWORD);
    assertEquals("user", proxy.username());
    assertEquals(PASSWORD, proxy.password());
    assertEquals("proxy.example.com", proxy.host());
    assertFalse(proxy.toString().contains(PASSWORD.reveal()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "http://proxy", "user@proxy", "a b", "a\r\nb"})
  void host_thatCannotBeOne_isRefused(String host) {
    assertThrows(IllegalArgumentException.class, () -> ProxyServer.http(host, 3128));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void port_thatCannotBeOne_isRefused(int port) {
    assertThrows(IllegalArgumentException.class, () -> ProxyServer.socks5("proxy", port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a:b", "a\r\nX: y"})
  void username_thatBasicAuthenticationCannotCarry_isRefused(String user) {
    ProxyServer proxy = ProxyServer.http("proxy", 3128);
    assertThrows(IllegalArgumentException.class, () -> proxy.withLogin(user, PASSWORD));
  }

  @Test
  void login_thatSocksCannotCarry_isRefused_withoutShowingIt() {
    ProxyServer proxy = ProxyServer.socks5("proxy", 1080);
    Secret tooLong = Secret.of("canary".repeat(43));
    var error =
        assertThrows(IllegalArgumentException.class, () -> proxy.withLogin("user", tooLong));
    assertFalse(String.valueOf(error.getMessage()).contains("canary"));
    assertThrows(IllegalArgumentException.class, () -> proxy.withLogin("ü".repeat(128), PASSWORD));
  }

  @Test
  void halfALogin_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ProxyServer(Kind.HTTP, "proxy", 3128, "user", null));
  }
}
