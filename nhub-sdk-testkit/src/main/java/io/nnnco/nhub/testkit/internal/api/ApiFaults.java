package io.nnnco.nhub.testkit.internal.api;

import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scripted faults of the API. Thread-safe. */
final class ApiFaults {
  private final FaultQueue<ApiFault> faults = new FaultQueue<>();

  synchronized FaultQueue.Pending<ApiFault> inject(ApiFault fault, Occurrence when) {
    if (when.clientId() != null) {
      throw new IllegalArgumentException("A request has no client id; leave out onClient.");
    }
    return faults.add(fault, when);
  }

  synchronized List<FaultQueue.Pending<ApiFault>> pending() {
    return faults.pending();
  }

  synchronized boolean remove(long number) {
    return faults.remove(number);
  }

  synchronized List<ApiFault> unused() {
    return faults.unused();
  }

  synchronized void clear() {
    faults.clear();
  }

  /** The fault for this request; null if there is none. Never an {@link ApiFault.Only}. */
  synchronized @Nullable ApiFault next(String method, String path) {
    ApiFault fault = faults.take(candidate -> suits(candidate, method, path), null);
    while (fault instanceof ApiFault.Only only) {
      fault = only.fault();
    }
    return fault;
  }

  private static boolean suits(ApiFault fault, String method, String path) {
    return !(fault instanceof ApiFault.Only only)
        || (only.method().equals(method)
            && path.endsWith(only.path())
            && suits(only.fault(), method, path));
  }
}
