package io.nnnco.nhub.stream.internal.connection;

import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.stream.ReconnectPolicy;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.Emit;
import io.nnnco.nhub.stream.internal.connection.ConnectionEffect.SetTimer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine that is told events, and what it makes of the last one. */
abstract class MachineFixture {
  static final Instant NOW = Instant.parse("2026-03-17T10:00:00Z");

  final SubscribeOptionsBuilder options =
      SubscribeOptions.builder("nnn.acme")
          .reconnectPolicy(new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(8)));
  double random = 1.0;
  Instant now = NOW;
  @Nullable Instant lastContact;
  ConnectionMachine machine = machine();
  List<ConnectionEffect> effects = List.of();

  ConnectionMachine machine() {
    return new ConnectionMachine(options.build(), () -> random);
  }

  void on(ConnectionEvent event) {
    effects = machine.on(event, now, lastContact == null ? now : lastContact);
  }

  <T extends ConnectionEffect> Optional<T> effect(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  <T extends SubscriptionEvent> Optional<T> event(Class<T> type) {
    return effects.stream()
        .filter(Emit.class::isInstance)
        .map(effect -> ((Emit) effect).event())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  Optional<Duration> timer(Timer timer) {
    return effects.stream()
        .filter(SetTimer.class::isInstance)
        .map(SetTimer.class::cast)
        .filter(set -> set.timer() == timer)
        .map(SetTimer::after)
        .findFirst();
  }

  void subscribe(int connectionId, boolean sessionPresent) {
    on(new Connected(connectionId, sessionPresent));
    on(new Subscribed(connectionId));
  }

  static NHubException lost() {
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST, ConnectionPhase.STREAM, "Reset.", null);
  }

  static NHubException refused() {
    return new AuthenticationException(
        StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT, "Refused.", null);
  }

  static NHubException takenOver() {
    return new SessionTakenOverException(ConnectionPhase.STREAM, "Taken over.", null);
  }
}
