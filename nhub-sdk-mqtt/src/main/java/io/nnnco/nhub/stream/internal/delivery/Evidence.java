package io.nnnco.nhub.stream.internal.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What has failed since the last success, by which an outage is told from a message that fails by
 * itself. Each kind of message has rows of its own, of failures without a success between: what
 * fails with one kind says nothing of another's success, since many handlers just ignore joins.
 *
 * <p>Guarded by the lock of {@link Retries}.
 */
final class Evidence {
  private final int outageDevices;
  private final Set<String> failedDevices = new HashSet<>();
  private final Set<Class<?>> failedKinds = new HashSet<>();
  private final Set<String> suspects = new HashSet<>();
  private final Map<Class<?>, Long> rows = new HashMap<>();

  /**
   * Nothing has failed.
   *
   * @param outageDevices how many devices that fail in a row make an outage
   */
  Evidence(int outageDevices) {
    this.outageDevices = outageDevices;
  }

  /** The number of the present row of the call's kind. */
  long row(HandlerCall call) {
    return rows.getOrDefault(call.kind(), 0L);
  }

  /** The call has failed, for one message. */
  void failed(HandlerCall call) {
    if (!hasFailedAlone(call)) {
      failedDevices.add(call.received().deviceId());
    }
    failedKinds.add(call.kind());
  }

  /** The call has failed, for several messages, which says little of each. */
  void failedTogether(HandlerCall call) {
    failedKinds.add(call.kind());
  }

  /**
   * A call for this kind has succeeded.
   *
   * @return whether that ends a row
   */
  boolean succeeded(Class<?> kind) {
    if (!failedKinds.remove(kind)) {
      return false;
    }
    rows.merge(kind, 1L, Long::sum);
    failedDevices.clear();
    suspects.clear();
    return true;
  }

  boolean hasFailed(Class<?> kind) {
    return failedKinds.contains(kind);
  }

  boolean isEmpty() {
    return failedKinds.isEmpty();
  }

  /** Whether the last failure made it an outage. */
  boolean isOutage() {
    return failedDevices.size() == outageDevices;
  }

  /** Whether the call has failed while others succeeded, which makes it no witness of an outage. */
  boolean hasFailedAlone(HandlerCall call) {
    return call.failures != null && call.failures().wereAlone();
  }

  /** Whether others succeeded since it first failed; in an outage that proves little. */
  boolean hasFailedBefore(HandlerCall call) {
    return call.failures != null && call.failures().beganBefore(row(call));
  }

  /** The call's message is given up; its device is no witness of an outage. */
  void suspect(HandlerCall call) {
    suspects.add(call.received().deviceId());
  }

  /**
   * Whether enough devices fail for an outage.
   *
   * @param failing what waits to be called again, but for what proves nothing
   * @param more how many there are besides
   */
  boolean areWitnesses(Stream<HandlerCall> failing, int more) {
    long devices =
        failing
            .map(call -> call.received().deviceId())
            .filter(device -> !suspects.contains(device))
            .distinct()
            .count();
    return devices + more >= outageDevices;
  }
}
