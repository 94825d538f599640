package io.nnnco.nhub.stream.internal.delivery;

import org.jspecify.annotations.Nullable;

/** A message that came, to be begun when there is room for it and its device's turn has come. */
abstract class Arrival implements DeviceLanes.Task, HeldBytes {
  final ReceivedMessage received;
  private AckLedger.@Nullable Entry owed;

  Arrival(ReceivedMessage received) {
    this.received = received;
  }

  /** What is to be settled with the ledger; null without an acknowledgement. */
  final AckLedger.@Nullable Entry owed() {
    return owed;
  }

  final void owes(AckLedger.@Nullable Entry entry) {
    owed = entry;
  }

  @Override
  public final long heldBytes() {
    return received.heldBytes();
  }

  @Override
  public final String key() {
    return received.deviceId();
  }
}
