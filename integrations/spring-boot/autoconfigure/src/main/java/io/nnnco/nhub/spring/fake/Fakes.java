package io.nnnco.nhub.spring.fake;

import io.nnnco.nhub.spring.NHubConfigurationException;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import java.util.Arrays;

/** Starts fakes that live as long as an application context. */
final class Fakes {
  private Fakes() {}

  /**
   * Without the leak check: the context closes the client, and nobody would see the error. With
   * several enterprises, the client may read all of them, as with a key for each.
   */
  static FakeNHub start(String[] enterprises, String property) {
    try {
      FakeNHubBuilder builder =
          FakeNHub.builder()
              .enterprises(enterprises[0], Arrays.copyOfRange(enterprises, 1, enterprises.length))
              .leakCheck(false);
      return (enterprises.length > 1 ? builder.permissive() : builder).start();
    } catch (IllegalArgumentException e) {
      throw new NHubConfigurationException(
          property, String.valueOf(e.getMessage()), "Use enterprise codes, such as nnn.acme.", e);
    }
  }
}
