package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.HandlerInterceptor.Settlement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of acknowledgements, until somebody takes it and tells it, which needs to be done
 * without a lock. Guarded by the ledger.
 */
final class Untold {
  private AckLedger.@Nullable Entry firstSent;
  private AckLedger.@Nullable Entry lastSent;
  private List<Settlement> lost = List.of();

  /** It was acknowledged for the first time. */
  void sent(AckLedger.Entry entry) {
    if (lastSent == null) {
      firstSent = entry;
    } else {
      lastSent.sentNext(entry);
    }
    lastSent = entry;
  }

  /** What was acknowledged since this was last asked, the first of a chain; null if nothing was. */
  AckLedger.@Nullable Entry takeSent() {
    AckLedger.Entry taken = firstSent;
    firstSent = null;
    lastSent = null;
    return taken;
  }

  /** It cannot be acknowledged on the connection that it came on. */
  void lost(AckLedger.Entry entry) {
    List<Settlement> settlements = entry.takeSettlements();
    if (!settlements.isEmpty()) {
      lost = lost.isEmpty() ? new ArrayList<>() : lost;
      lost.addAll(settlements);
    }
  }

  /** Of what could not be acknowledged since this was last asked. */
  List<Settlement> takeLost() {
    List<Settlement> taken = lost;
    lost = List.of();
    return taken;
  }
}
