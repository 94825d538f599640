package io.nnnco.nhub.stream.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.CloseRequested;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Closed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Connected;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Drained;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.NewCredentials;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Start;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.Timer;
import io.nnnco.nhub.stream.internal.connection.ConnectionEvent.TimerFired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The states drawn in docs/concepts.md are what the machine does: all of it, and nothing else. */
class StatesDiagramTest {
  private static final Instant NOW = Instant.parse("2026-03-17T10:00:00Z");
  private static final Pattern ARROW = Pattern.compile("(?m)^ *([A-Z]+ --> [A-Z]+) : .+$");

  /** The page says of this one that it is not drawn. */
  private static final String NOT_DRAWN = "SUBSCRIBED --> CONNECTING";

  /**
   * As many events as the longest way to any transition, by the connectionId of the latest
   * connection.
   */
  private static final int DEPTH = 4;

  private static final List<IntFunction<ConnectionEvent>> EVENTS =
      List.of(
          connectionId -> new Connected(connectionId, true),
          Subscribed::new,
          connectionId ->
              new Closed(
                  connectionId,
                  new ConnectionException(
                      StreamErrorCode.CONNECTION_LOST, ConnectionPhase.STREAM, "Lost.", null)),
          connectionId ->
              new Closed(
                  connectionId,
                  new AuthenticationException(
                      StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT, "No.", null)),
          connectionId ->
              new Closed(
                  connectionId,
                  new SessionTakenOverException(ConnectionPhase.STREAM, "Taken.", null)),
          connectionId -> new TimerFired(Timer.CONNECT_DEADLINE, connectionId, ConnectionPhase.TCP),
          connectionId -> new TimerFired(Timer.RETRY, connectionId, ConnectionPhase.PREPARE),
          connectionId -> new NewCredentials(ConnectionPhase.PREPARE),
          connectionId -> new CloseRequested(false),
          connectionId -> new Drained());

  private final Set<String> taken = new TreeSet<>();

  @Test
  void transitions_thatAreDrawn_areThoseOfTheMachine() throws IOException {
    explore(List.of(), DEPTH);
    taken.remove(NOT_DRAWN);
    // Credentials are refused before a stream stands: no bridge does it later.
    taken.remove("SUBSCRIBED --> REFUSED");

    assertEquals(taken, drawn());
  }

  private static Set<String> drawn() throws IOException {
    String page = Files.readString(Path.of("../docs/concepts.md"));
    Set<String> arrows = new TreeSet<>();
    ARROW.matcher(page).results().forEach(arrow -> arrows.add(arrow.group(1)));
    return arrows;
  }

  private void explore(List<Integer> events, int left) {
    if (left == 0) {
      run(events);
      return;
    }
    for (int i = 0; i < EVENTS.size(); i++) {
      int next = i;
      explore(Stream.concat(events.stream(), Stream.of(next)).toList(), left - 1);
    }
  }

  private void run(List<Integer> events) {
    ConnectionMachine machine =
        new ConnectionMachine(
            SubscribeOptions.builder("nnn.acme").awaitCredentials().build(), () -> 0.5);
    int connectionId = latest(machine.on(new Start(), NOW, NOW), 0);
    for (int event : events) {
      SubscriptionState before = machine.state();
      connectionId =
          latest(machine.on(EVENTS.get(event).apply(connectionId), NOW, NOW), connectionId);
      if (machine.state() != before) {
        taken.add(before + " --> " + machine.state());
      }
    }
  }

  private static int latest(List<ConnectionEffect> effects, int before) {
    int connectionId = before;
    for (ConnectionEffect effect : effects) {
      if (effect instanceof ConnectionEffect.Open open) {
        connectionId = open.connectionId();
      }
    }
    return connectionId;
  }
}
