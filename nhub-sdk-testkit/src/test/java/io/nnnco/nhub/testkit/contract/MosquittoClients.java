package io.nnnco.nhub.testkit.contract;

import java.util.ArrayList;
import java.util.List;

/** The programs mosquitto_sub and mosquitto_pub. */
final class MosquittoClients {
  private MosquittoClients() {}

  /** Starts mosquitto_sub, and waits until the server has responded to its SUBSCRIBE. */
  static ForeignProcess subscribed(Access access, Mqtt version, String... options) {
    ForeignProcess process = subscribe(access, version, options);
    process.awaitLineWith("Subscribed (mid: 1): ");
    return process;
  }

  /** Starts mosquitto_sub: its messages come as {@code topic payload}. */
  static ForeignProcess subscribe(Access access, Mqtt version, String... options) {
    return start("mosquitto_sub", access, version, "-v", options);
  }

  static ForeignProcess publish(Access access, Mqtt version, String... options) {
    return start("mosquitto_pub", access, version, "-d", options);
  }

  private static ForeignProcess start(
      String program, Access access, Mqtt version, String first, String... options) {
    List<String> command = new ArrayList<>(List.of("stdbuf", "-oL"));
    command.add(ForeignTools.program(program));
    command.addAll(access.options());
    command.addAll(List.of("-d", "-V", version.option, first));
    command.addAll(List.of(options));
    return ForeignProcess.start(command);
  }
}
