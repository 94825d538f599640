package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.VirtualClock;
import io.nnnco.nhub.testkit.internal.control.http.Problem;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The fake as a whole: addresses, clock, leaks, reset. */
final class FakeRoutes {
  private final Controlled target;
  private final EventLog log;

  FakeRoutes(Controlled target, EventLog log) {
    this.target = target;
    this.log = log;
  }

  /** What is running. */
  record Status(
      @Description("the address of the management API") String api,
      @Description("the host of the MQTT bridge") String mqttHost,
      @Description("the port of the MQTT bridge") int mqttPort,
      @Description("the token of the management API") String adminToken,
      @Description("the first is the default") List<String> enterprises,
      Time clock,
      @Description("the number of the newest entry of all journals") long last) {}

  /** The fake's clock. */
  record Time(
      Instant now, @Description("whether it stands still until it is advanced") boolean virtual) {}

  /** How far to move the clock. */
  record Advance(@Description("how far, such as PT1H") Duration time) {}

  List<Route> routes() {
    return List.of(
        Route.of("GET", "", "status", "Says what is running, and where.", r -> status())
            .gives(200, Schemas.ref(Status.class)),
        Route.of("GET", "/clock", "clock", "Reads the fake's clock.", r -> Reply.ok(time()))
            .gives(200, Schemas.ref(Time.class)),
        Route.of(
                "POST",
                "/clock/advance",
                "advance",
                "Moves the virtual clock forward; what is due by then has happened on return.",
                this::advance)
            .takes(Schemas.ref(Advance.class))
            .gives(200, Schemas.ref(Time.class)),
        Route.of(
            "POST",
            "/leaks/verify",
            "verifyNoLeaks",
            "Checks that no client is connected and none has left a message unacknowledged; 409 if"
                + " so.",
            r -> verifyNoLeaks()),
        Route.of(
            "POST",
            "/reset",
            "reset",
            "Starts over on the same ports: no API keys, certificates, sessions, faults, journal"
                + " entries or simulators. The CA, the tokens of administrators and the numbers of"
                + " entries stay. If the leak check or the fault check fails, 409; the fake is reset"
                + " all the same.",
            r -> reset()));
  }

  private Reply status() {
    return Reply.ok(
        new Status(
            target.fake().environment().api().toString(),
            target.fake().environment().mqttHost(),
            target.fake().environment().mqttPort(),
            target.fake().adminToken().reveal(),
            target.enterprises(),
            time(),
            log.last()));
  }

  private Time time() {
    return new Time(target.clock().instant(), target.clock() instanceof VirtualClock);
  }

  private Reply advance(Request request) {
    Duration time = request.body(Advance.class).time();
    if (!(target.clock() instanceof VirtualClock virtual)) {
      throw Problem.of(
          409,
          "This fake goes by the system's clock, which nobody can advance. Start it with a virtual"
              + " one: nhub fake --clock 2026-01-01T00:00:00Z, or in Java"
              + " FakeNHub.builder().clock(VirtualClock.at(...)).");
    }
    virtual.advance(time);
    return Reply.ok(time());
  }

  private Reply verifyNoLeaks() {
    try {
      target.fake().verifyNoLeaks();
      return Reply.done();
    } catch (AssertionError e) {
      throw Problem.of(409, String.valueOf(e.getMessage()));
    }
  }

  private Reply reset() {
    try {
      target.fake().reset();
      return Reply.done();
    } catch (AssertionError e) {
      throw Problem.of(409, String.valueOf(e.getMessage()));
    }
  }
}
