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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are to happen. An opportunity is seen by every fault that it suits, and taken by
 * at most one: the first injected of those whose turn it is; the others wait for the next.
 */
final class FaultScript {
  private final List<Armed> armed = new ArrayList<>();

  void add(BridgeFault fault, Occurrence when) {
    armed.add(new Armed(fault, when));
  }

  void clear() {
    armed.clear();
  }

  /** The fault of this kind that happens now, or null. */
  <F extends BridgeFault> @Nullable F next(Class<F> kind, @Nullable String clientId) {
    BridgeFault fault = take(kind::isInstance, clientId);
    return fault == null ? null : kind.cast(fault);
  }

  /** The fault that happens at this moment of a connection, or null. */
  @Nullable BridgeFault at(Moment moment, @Nullable String clientId) {
    return take(fault -> moment(fault) == moment, clientId);
  }

  private @Nullable BridgeFault take(Predicate<BridgeFault> suits, @Nullable String clientId) {
    if (armed.isEmpty()) {
      return null;
    }
    Armed taker = null;
    for (Armed candidate : armed) {
      if (suits.test(candidate.fault) && candidate.sees(clientId) && taker == null) {
        taker = candidate;
      }
    }
    if (taker == null) {
      return null;
    }
    if (++taker.taken == taker.when.times()) {
      armed.remove(taker);
    }
    return taker.fault;
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

  private static final class Armed {
    final BridgeFault fault;
    final Occurrence when;
    final Random chance;
    int seen;
    int taken;

    Armed(BridgeFault fault, Occurrence when) {
      this.fault = fault;
      this.when = when;
      this.chance = new Random(when.seed());
    }

    /** Counts an opportunity, and tells whether it is to be taken. */
    boolean sees(@Nullable String clientId) {
      if (when.clientId() != null && !when.clientId().equals(clientId)) {
        return false;
      }
      if (seen < when.skip()) {
        seen++;
        return false;
      }
      return when.probability() >= 1 || chance.nextDouble() < when.probability();
    }
  }
}
