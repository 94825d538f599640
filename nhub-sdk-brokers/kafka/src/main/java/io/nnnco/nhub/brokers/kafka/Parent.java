package io.nnnco.nhub.brokers.kafka;

import java.io.IOException;

/** The test that has started this process. */
final class Parent {
  private Parent() {}

  /** Ends this process in order when the test closes its standard input, or dies. */
  static void endWithIt() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.readAllBytes();
              } catch (IOException e) {
                // As good as its end.
              }
              System.exit(0);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
