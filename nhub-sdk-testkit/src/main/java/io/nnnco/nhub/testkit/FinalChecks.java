package io.nnnco.nhub.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a fake checks before it starts over or stops. */
final class FinalChecks {
  private final FakeNHubOptions options;
  private final FakeParts parts;
  private final List<DeviceSimulator> simulators = new CopyOnWriteArrayList<>();

  FinalChecks(FakeNHubOptions options, FakeParts parts) {
    this.options = options;
    this.parts = parts;
  }

  /** A sender to stop first. */
  void add(DeviceSimulator simulator) {
    simulators.add(simulator);
  }

  /** The senders that send. */
  List<DeviceSimulator> running() {
    return simulators.stream().filter(DeviceSimulator::running).toList();
  }

  /** Stops all senders, so that clients can finish, then checks what the options ask for. */
  void settle() {
    List<DeviceSimulator> stopping = List.copyOf(simulators);
    simulators.clear();
    stopping.forEach(DeviceSimulator::close);
    if (options.leakCheck()) {
      verifyNoLeaks();
    }
    if (options.faultCheck()) {
      verifyFaultsHappened();
    }
  }

  void verifyNoLeaks() {
    LeakCheck.verify(parts.bridge()::sessions);
  }

  void verifyFaultsHappened() {
    List<Fault> unused = parts.unusedFaults();
    if (!unused.isEmpty()) {
      throw new AssertionError(
          "Injected, but never happened: "
              + unused
              + ". The test has not reached what the fault is about. If that is right, call"
              + " clearFaults() at its end, or faultCheck(false) on the builder.");
    }
  }
}
