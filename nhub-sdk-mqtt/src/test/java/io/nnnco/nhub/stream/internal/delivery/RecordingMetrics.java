package io.nnnco.nhub.stream.internal.delivery;

import io.nnnco.nhub.message.DeviceMessage;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.metrics.HandlerOutcome;
import io.nnnco.nhub.stream.metrics.SubscriptionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Metrics that note what they are told; times in milliseconds. */
public final class RecordingMetrics implements SubscriptionMetrics {
  private final List<String> told = new ArrayList<>();

  /** All so far, in order. */
  public synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** Those of one method, in order. */
  public List<String> told(String method) {
    return told().stream().filter(each -> each.startsWith(method + " ")).toList();
  }

  private synchronized void note(String what) {
    told.add(what);
  }

  private static String millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
  }

  @Override
  public void received(Delivery delivery, int bytes) {
    note("received " + delivery.deviceId() + " " + bytes + " bytes");
  }

  @Override
  public void decoded(DeviceMessage message, long lagMillis) {
    note("decoded " + message.deviceId() + " " + lagMillis + " ms");
  }

  @Override
  public void called(Delivery delivery, long waited) {
    note("called " + delivery.deviceId() + " " + millis(waited));
  }

  @Override
  public void completed(HandlerOutcome outcome, int messages, long took) {
    note("completed " + outcome + " " + messages + " " + millis(took));
  }

  @Override
  public void acknowledged(long took) {
    note("acknowledged " + millis(took));
  }

  @Override
  public void onEvent(SubscriptionEvent event) {
    note("event " + event.getClass().getSimpleName());
  }
}
