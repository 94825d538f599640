package io.nnnco.nhub.stream.internal;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Disconnected;
import io.nnnco.nhub.stream.event.SubscriptionEvent.HandlerRetry;
import io.nnnco.nhub.stream.event.SubscriptionEvent.MessageFailed;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Subscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The log of one subscription, in virtual time. */
abstract class LogFixture {
  final VirtualTime time = new VirtualTime();
  final RecordingLogger logger = new RecordingLogger();
  final SubscriptionLog log = log(SubscribeOptions.builder("nnn.acme").build());

  SubscriptionLog log(SubscribeOptions options) {
    SubscriptionLog made =
        new SubscriptionLog(
            logger,
            new SubscriptionSpec(
                options,
                VirtualBridge.CREDENTIALS,
                (message, delivery) -> CompletableFuture.completedFuture(null),
                "nhub1f2e3d4c5b6a7988"),
            NHubEnvironment.of("dev-au-03"),
            time,
            time::instant);
    made.connectedWith(MqttVersion.MQTT_5, VirtualBridge.CREDENTIALS);
    return made;
  }

  Instant now() {
    return time.instant();
  }

  void tell(SubscriptionEvent event) {
    log.tell(event, SubscriptionState.SUBSCRIBED);
  }

  void connect() {
    tell(new Subscribed(now(), true));
  }

  void disconnect(NHubException cause) {
    tell(new Disconnected(now(), cause, Duration.ofSeconds(2)));
  }

  void handlerFails(Throwable cause) {
    tell(new HandlerRetry(now(), delivery("METER-1"), cause, 1, Duration.ofSeconds(1)));
  }

  void messageFails(Throwable cause, LastResort resort) {
    tell(new MessageFailed(now(), new FailedMessage(delivery("METER-1"), cause, 4), resort));
  }

  Delivery delivery(String device) {
    return TestDelivery.of(device, "uplinks");
  }

  static NHubException lost() {
    return failure(StreamErrorCode.CONNECTION_LOST, "The bridge closed the connection.");
  }

  static NHubException failure(StreamErrorCode code, String problem) {
    return new ConnectionException(code, ConnectionPhase.STREAM, problem, null);
  }

  /** The ids of the lines so far, in order. */
  List<Object> ids() {
    return logger.lines().stream().map(line -> line.fields().get("nhub.event")).toList();
  }

  RecordingLogger.Line last() {
    List<RecordingLogger.Line> lines = logger.lines();
    return lines.get(lines.size() - 1);
  }
}
