package io.nnnco.nhub.stream.internal.transport;

import java.util.List;
import java.util.function.Predicate;

/** Where threads stand, for the message of a test that waits in vain. */
final class ThreadDump {
  private ThreadDump() {}

  /** Of those threads whose name is accepted. */
  static String of(Predicate<String> names) {
    StringBuilder dump = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              if (names.test(thread.getName())) {
                dump.append("\n  ").append(thread.getName()).append(' ').append(thread.getState());
                List.of(frames).forEach(frame -> dump.append("\n    ").append(frame));
              }
            });
    return dump.toString();
  }
}
