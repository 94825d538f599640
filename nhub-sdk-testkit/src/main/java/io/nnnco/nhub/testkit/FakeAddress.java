package io.nnnco.nhub.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where a fake listens.
 *
 * @param bind the interface's address
 * @param host the name or address under which clients reach it
 * @param names for which its certificates are valid, beside localhost and its addresses
 */
record FakeAddress(InetAddress bind, String host, List<String> names) {
  static FakeAddress loopback() {
    try {
      return new FakeAddress(InetAddress.getByName("localhost"), "localhost", List.of());
    } catch (UnknownHostException e) {
      return new FakeAddress(InetAddress.getLoopbackAddress(), "localhost", List.of());
    }
  }

  /** Reached as localhost if it listens on every interface, and under its address otherwise. */
  static FakeAddress of(InetAddress bind, List<String> names) {
    if (!names.isEmpty()) {
      return new FakeAddress(bind, names.get(0), names);
    }
    if (bind.isAnyLocalAddress() || bind.isLoopbackAddress()) {
      return new FakeAddress(bind, "localhost", List.of());
    }
    return new FakeAddress(bind, bind.getHostAddress(), List.of(bind.getHostAddress()));
  }
}
