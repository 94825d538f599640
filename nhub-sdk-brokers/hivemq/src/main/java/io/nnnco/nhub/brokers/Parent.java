package io.nnnco.nhub.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The test that has started this process. */
final class Parent {
  private Parent() {}

  /**
   * Says where the server listens, in the file {@code ports}, then waits until the test closes its
   * standard input, or dies.
   *
   * @param ports for certificates, for passwords, and of the limited server
   */
  static void tellAndAwaitEnd(Path folder, int... ports) throws IOException {
    String text = Arrays.stream(ports).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    Path draft = Files.writeString(folder.resolve("draft"), text);
    Files.move(draft, folder.resolve("ports"), StandardCopyOption.ATOMIC_MOVE);
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
  }
}
