package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A pipeline whose handlers finish when the test says so. */
abstract class StuckHandlerFixture extends PipelineFixture {
  final List<CompletableFuture<Void>> work = new ArrayList<>();

  DeliveryPipeline stuck() {
    return stuckOn(Workers.on(time, time));
  }

  DeliveryPipeline stuckOn(Workers workers) {
    return pipeline(
        (message, delivery) -> {
          note(message);
          CompletableFuture<Void> stage = new CompletableFuture<>();
          work.add(stage);
          return stage;
        },
        workers);
  }

  void finish(int index) {
    work.get(index).complete(null);
    time.runDue();
  }

  RecordingTransport reconnect(DeliveryPipeline pipeline, boolean sessionPresent) {
    RecordingTransport next = new RecordingTransport();
    pipeline.disconnected(transport);
    pipeline.connected(next, sessionPresent);
    return next;
  }
}
