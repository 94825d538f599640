package io.nnnco.nhub.testkit.internal.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests are meant for a control API, by their header Host. */
final class ControlAddressTest {
  private static final int PORT = 8765;

  private static ControlAddress at(String bind, String... names) throws UnknownHostException {
    return new ControlAddress(InetAddress.getByName(bind), 0, List.of(names));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8765, true",
    "localhost:8765, true",
    "LOCALHOST:8765, true",
    "[::1]:8765, true",
    "127.0.0.1, false",
    "127.0.0.1:1, false",
    "10.0.0.1:8765, false",
    "evil.example:8765, false",
    "'', false",
  })
  void answersTo_onTheLoopbackInterface_isTrueForThisMachineAndPort(String host, boolean expected)
      throws UnknownHostException {
    assertEquals(expected, at("127.0.0.1").answersTo(host, PORT), host);
  }

  @ParameterizedTest
  @CsvSource({
    "nhub.test:8765, true",
    "NHub.test:80, true",
    "nhub.test, true",
    "10.0.0.1:9000, true",
    "[2001:db8::1]:9000, true",
    "localhost:9000, true",
    "evil.example:8765, false",
    "nhub.test.evil.example:8765, false",
    "10.0.0.1.evil.example, false",
    "'', false",
  })
  void answersTo_elsewhere_isTrueForItsNamesAndForIpAddresses(String host, boolean expected)
      throws UnknownHostException {
    assertEquals(expected, at("0.0.0.0", "nhub.test").answersTo(host, PORT), host);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, , 127.0.0.1",
    "0.0.0.0, , 127.0.0.1",
    "0.0.0.0, nhub.test, nhub.test",
    "127.0.0.1, nhub.test, nhub.test",
    "::1, , [0:0:0:0:0:0:0:1]",
    "0.0.0.0, fe80::1%eth0, [fe80::1]",
  })
  void host_ofTheUrl_isTheFirstNameOrTheAddress(String bind, String name, String expected)
      throws UnknownHostException {
    ControlAddress address = name == null ? at(bind) : at(bind, name);

    assertEquals(expected, address.host());
    assertEquals(true, address.answersTo(expected + ":" + PORT, PORT));
  }
}
