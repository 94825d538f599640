package io.nnnco.nhub.stream.internal.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.DeliveredMessage;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.internal.RealSubscription;
import io.nnnco.nhub.stream.internal.VirtualBridge;
import io.nnnco.nhub.stream.internal.VirtualTime;
import io.nnnco.nhub.stream.internal.delivery.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A publisher in virtual time, with a bridge at its one end and a subscriber at the other. */
abstract class PublisherFixture {
  final VirtualTime time = new VirtualTime();
  final VirtualBridge bridge = new VirtualBridge(time);
  final SubscribeOptionsBuilder options = SubscribeOptions.builder("nnn.acme").window(4);
  final List<RealSubscription> opened = new ArrayList<>();
  final Recorder recorder = new Recorder();

  MessagePublisher publisher(Executor workers) {
    return new MessagePublisher(
        handler -> {
          RealSubscription subscription = bridge.open(options.build(), handler);
          opened.add(subscription);
          return subscription;
        },
        workers);
  }

  void subscribe() {
    publisher(Workers.on(time, time)).subscribe(recorder);
    time.runDue();
    if (!opened.isEmpty()) {
      bridge.accept();
      time.runDue();
    }
  }

  /** Sends these as packets 1, 2, …; each device's time stamps count up too. */
  void uplinks(String... devices) {
    for (int i = 0; i < devices.length; i++) {
      bridge.uplink(i + 1, devices[i], i + 1);
    }
    time.runDue();
  }

  List<Integer> acknowledged() {
    return bridge.transport().acknowledged();
  }

  /** Notes each signal, and does what a test wants it to. */
  static final class Recorder implements Flow.Subscriber<DeliveredMessage> {
    final List<String> signals = new ArrayList<>();
    Consumer<Flow.Subscription> onSubscribe = subscription -> {};
    Consumer<DeliveredMessage> onNext = message -> {};
    Flow.@Nullable Subscription subscription;
    @Nullable Throwable error;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      signals.add("onSubscribe");
      subscription = given;
      onSubscribe.accept(given);
    }

    @Override
    public void onNext(DeliveredMessage message) {
      signals.add(message.message().deviceId() + message.message().timestamp().toEpochMilli());
      onNext.accept(message);
    }

    @Override
    public void onError(Throwable failure) {
      signals.add("onError");
      error = failure;
    }

    @Override
    public void onComplete() {
      signals.add("onComplete");
    }

    Flow.Subscription subscription() {
      if (subscription == null) {
        throw new AssertionError("onSubscribe was not called");
      }
      return subscription;
    }

    /** All signals but the first. */
    List<String> signals() {
      assertEquals("onSubscribe", signals.get(0));
      return signals.subList(1, signals.size());
    }
  }
}
