package io.nnnco.nhub.stream.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.AsyncMessageHandler;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.transport.InboundMessage;
import io.nnnco.nhub.stream.internal.transport.RecordingTransport;
import io.nnnco.nhub.stream.internal.transport.Uplinks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A pipeline in virtual time, between a transport without a wire and a handler of the test. */
abstract class PipelineFixture {
  final VirtualTime time = new VirtualTime();
  Observers observers = new Observers(List.of());
  final RecordingTransport transport = new RecordingTransport();
  final List<SubscriptionEvent> events = new ArrayList<>();
  final List<NHubException> stops = new ArrayList<>();
  final List<String> handled = new ArrayList<>();
  final SubscribeOptionsBuilder options = SubscribeOptions.builder("nnn.acme").window(4);

  DeliveryPipeline pipeline(AsyncMessageHandler handler) {
    return pipeline(handler, Workers.on(time, time));
  }

  DeliveryPipeline pipeline(AsyncMessageHandler handler, Workers workers) {
    return connected(
        new DeliveryPipeline(
            handler, options.build(), workers, time, time.time(), () -> 1, listener(), observers));
  }

  /** A pipeline that reads payloads in a way of the test's. */
  DeliveryPipeline pipeline(
      AsyncMessageHandler handler, Function<ReceivedMessage, DeviceMessage> decoder) {
    Workers workers = Workers.on(time, time);
    return connected(
        new DeliveryPipeline(
            handler,
            options.build(),
            workers,
            time,
            time.time(),
            () -> 1,
            listener(),
            observers,
            decoder));
  }

  private DeliveryListener listener() {
    return new DeliveryListener() {
      @Override
      public void onEvent(SubscriptionEvent event) {
        events.add(event);
      }

      @Override
      public void onStop(NHubException cause) {
        stops.add(cause);
      }
    };
  }

  private DeliveryPipeline connected(DeliveryPipeline pipeline) {
    pipeline.connected(transport, false);
    pipeline.subscribed(transport);
    return pipeline;
  }

  /** One read brings these messages. */
  void arrive(DeliveryPipeline pipeline, InboundMessage... messages) {
    pipeline.received(transport, null, List.of(messages));
  }

  static InboundMessage uplink(int packetId, String device, long timestamp) {
    return Uplinks.of(packetId, device, timestamp);
  }

  static InboundMessage message(int packetId, String device, String body) {
    return Uplinks.of(packetId, device, body);
  }

  /** An uplink that holds this many bytes, its topic included. */
  static InboundMessage uplinkOf(int packetId, String device, long timestamp, int bytes) {
    InboundMessage small = uplink(packetId, device, timestamp);
    String json = new String(small.payload(), UTF_8);
    int more = bytes - small.payload().length - 2 * small.topic().length();
    return message(packetId, device, json + " ".repeat(more));
  }

  CompletableFuture<Void> note(DeviceMessage message) {
    handled.add(message.deviceId() + message.timestamp().toEpochMilli());
    return CompletableFuture.completedFuture(null);
  }
}
