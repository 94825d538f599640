package io.nnnco.nhub.testkit.internal.bridge;

import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.BridgeFault.Drop;
import io.nnnco.nhub.testkit.BridgeFault.HalfOpen;
import io.nnnco.nhub.testkit.BridgeFault.MalformedPacket;
import io.nnnco.nhub.testkit.BridgeFault.Moment;
import io.nnnco.nhub.testkit.BridgeFault.ServerDisconnect;
import io.nnnco.nhub.testkit.BridgeFault.Silence;
import io.nnnco.nhub.testkit.BridgeFault.Stall;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scripted faults of the bridge, by kind and by moment. */
final class FaultScript {
  private final FaultQueue<BridgeFault> faults = new FaultQueue<>();

  FaultQueue.Pending<BridgeFault> add(BridgeFault fault, Occurrence when) {
    return faults.add(fault, when);
  }

  List<FaultQueue.Pending<BridgeFault>> pending() {
    return faults.pending();
  }

  boolean remove(long number) {
    return faults.remove(number);
  }

  List<BridgeFault> unused() {
    return faults.unused();
  }

  void clear() {
    faults.clear();
  }

  /** The fault of this kind that happens now, or null. */
  <F extends BridgeFault> @Nullable F next(Class<F> kind, @Nullable String clientId) {
    BridgeFault fault = faults.take(kind::isInstance, clientId);
    return fault == null ? null : kind.cast(fault);
  }

  /** The fault that happens at this moment of a connection, or null. */
  @Nullable BridgeFault at(Moment moment, @Nullable String clientId) {
    return faults.take(fault -> moment(fault) == moment, clientId);
  }

  private static @Nullable Moment moment(BridgeFault fault) {
    if (fault instanceof Drop drop) {
      return drop.at();
    } else if (fault instanceof ServerDisconnect disconnect) {
      return disconnect.at();
    } else if (fault instanceof MalformedPacket malformed) {
      return malformed.at();
    } else if (fault instanceof Stall stall) {
      return stall.at();
    } else if (fault instanceof Silence silence) {
      return silence.at();
    } else if (fault instanceof HalfOpen halfOpen) {
      return halfOpen.at();
    }
    return null;
  }
}
