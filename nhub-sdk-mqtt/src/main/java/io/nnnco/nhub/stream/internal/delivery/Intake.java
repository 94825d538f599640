package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has read and not handed over yet: as much as one read brings, or as the
 * window has room for, in messages and in bytes. For the thread that reads.
 */
public final class Intake {
  private final DeliveryPipeline pipeline;
  private final Transport from;
  private final @Nullable FormerFilters former;
  private final List<InboundMessage> messages = new ArrayList<>();
  private int room;
  private long roomBytes;

  Intake(DeliveryPipeline pipeline, Transport from, @Nullable FormerFilters former) {
    this.pipeline = pipeline;
    this.from = from;
    this.former = former;
  }

  /** A message came. */
  public void received(InboundMessage message) {
    if (messages.isEmpty()) {
      room = pipeline.room();
      roomBytes = pipeline.roomBytes();
    }
    messages.add(message);
    roomBytes -= message.heldBytes();
    if (messages.size() >= room || roomBytes <= 0) {
      handOver();
    }
  }

  /** The next read may take its time. */
  public void handOver() {
    if (!messages.isEmpty()) {
      try {
        pipeline.received(from, former, messages);
      } finally {
        messages.clear(); // What failed stays unacknowledged, and is not to be entered twice.
      }
    }
  }
}
