package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.internal.bridge.SessionSnapshot;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Clients and their sessions: what the bridge has of them, and ways to end their connections. */
final class SessionRoutes {
  private static final int TAKEN_OVER = 0x8E;
  private static final int SHOWN_TOPICS = 1_000;

  private final Controlled target;

  SessionRoutes(Controlled target) {
    this.target = target;
  }

  /** A session in a list. */
  record SessionSummary(
      String clientId,
      String enterprise,
      boolean connected,
      @Description("the topic filters to which the client is subscribed") List<String> filters,
      @Description("how many messages were sent and not acknowledged") int unacknowledged,
      @Description("how many messages wait to be sent") int queued,
      @Description("how many messages were dropped because too many others were waiting")
          long dropped) {}

  /** A session by itself. */
  record SessionDetails(
      String clientId,
      String enterprise,
      boolean connected,
      List<String> filters,
      @Description("the topics of messages sent and not acknowledged, in order; the first 1,000")
          List<String> unacknowledged,
      int queued,
      long dropped) {}

  /** How to end a connection. */
  record Disconnect(
      @Description("the reason code of the DISCONNECT, 0 to 255") int reasonCode,
      @Nullable @Description("the reason string; none by default") String reason) {}

  /** How many connections were ended. */
  record Ended(int connections) {}

  List<Route> routes() {
    return List.of(
        Route.of(
                "GET",
                "/sessions",
                "listSessions",
                "Lists the sessions, connected or not.",
                r -> list())
            .gives(200, Schemas.list(SessionSummary.class)),
        Route.of("GET", "/sessions/{clientId}", "readSession", "Reads a session.", this::read)
            .gives(200, Schemas.ref(SessionDetails.class)),
        Route.of(
                "POST",
                "/sessions/{clientId}/drop",
                "drop",
                "Breaks the client's connection with a TCP reset.",
                r -> ended(target.fake().session(r.variable()).drop()))
            .gives(200, Schemas.ref(Ended.class)),
        Route.of(
                "POST",
                "/sessions/{clientId}/disconnect",
                "disconnect",
                "Ends the client's connection: with a DISCONNECT for MQTT 5, without one for MQTT"
                    + " 3.1.1.",
                this::disconnect)
            .takes(Schemas.ref(Disconnect.class))
            .gives(200, Schemas.ref(Ended.class)),
        Route.of(
                "POST",
                "/sessions/{clientId}/take-over",
                "takeOver",
                "Ends the client's connection as if another client had connected with its client"
                    + " id: reason code 0x8E.",
                this::takeOver)
            .gives(200, Schemas.ref(Ended.class)),
        Route.of(
                "POST",
                "/connections/drop",
                "dropConnections",
                "Breaks every connection to the bridge with a TCP reset.",
                r -> Reply.ok(new Ended(target.fake().dropConnections())))
            .gives(200, Schemas.ref(Ended.class)));
  }

  private Reply list() {
    return Reply.ok(
        target.bridge().sessions().stream()
            .map(
                session ->
                    new SessionSummary(
                        session.clientId(),
                        session.enterprise(),
                        session.connected(),
                        session.filters(),
                        session.unacknowledged().size(),
                        session.queued(),
                        session.dropped()))
            .toList());
  }

  private Reply read(Request request) {
    SessionSnapshot session =
        target.bridge().sessions().stream()
            .filter(candidate -> candidate.clientId().equals(request.variable()))
            .findFirst()
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        "The bridge has no session of client " + request.variable() + "."));
    return Reply.ok(
        new SessionDetails(
            session.clientId(),
            session.enterprise(),
            session.connected(),
            session.filters(),
            session.unacknowledged().stream().limit(SHOWN_TOPICS).toList(),
            session.queued(),
            session.dropped()));
  }

  private Reply disconnect(Request request) {
    Disconnect how = request.body(Disconnect.class);
    if (how.reasonCode() < 0 || how.reasonCode() > 0xFF) {
      throw new IllegalArgumentException(
          "reasonCode must be 0 to 255, not " + how.reasonCode() + ".");
    }
    String reason = how.reason() == null ? "" : how.reason();
    return ended(target.fake().session(request.variable()).disconnect(how.reasonCode(), reason));
  }

  private Reply takeOver(Request request) {
    return ended(
        target
            .fake()
            .session(request.variable())
            .disconnect(TAKEN_OVER, "another client has connected with this client id"));
  }

  private static Reply ended(boolean had) {
    return Reply.ok(new Ended(had ? 1 : 0));
  }
}
