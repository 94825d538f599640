package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.Fault;
import io.nnnco.nhub.testkit.Occurrence;
import io.nnnco.nhub.testkit.internal.control.http.Problem;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import io.nnnco.nhub.testkit.internal.fault.FaultQueue.Pending;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** The faults: which there are, which can still happen, on and off. */
final class FaultRoutes {
  private final Controlled target;

  FaultRoutes(Controlled target) {
    this.target = target;
  }

  /** A kind of fault, with the JSON Schema of its parameters. */
  record FaultDescription(String name, String description, Map<String, Object> parameters) {}

  /** A fault that was injected and can still happen. */
  record InjectedFault(
      long id, String name, Map<String, Object> parameters, When when, int happened) {}

  List<Route> routes() {
    Map<String, Object> injected = Schemas.ref(InjectedFault.class);
    return List.of(
        Route.of(
                "GET", "/fault-types", "listFaultTypes", "Lists every kind of fault.", r -> types())
            .gives(200, Schemas.list(FaultDescription.class)),
        Route.of(
                "GET",
                "/faults",
                "listFaults",
                "Lists the faults that can still happen.",
                r -> list())
            .gives(200, Schemas.list(InjectedFault.class)),
        Route.of("POST", "/faults", "inject", "Injects a fault.", this::inject)
            .takes(Schemas.ref(Injection.class))
            .gives(201, injected),
        Route.of(
            "DELETE",
            "/faults",
            "clearFaults",
            "Clears the faults that have not happened yet. What a fault has begun on a connection"
                + " lasts as long as the connection.",
            r -> clear()),
        Route.of(
            "DELETE",
            "/faults/{id}",
            "removeFault",
            "Takes one fault back; what it has begun on a connection lasts as long as that.",
            this::remove),
        Route.of(
            "POST",
            "/faults/verify",
            "verifyFaultsHappened",
            "Checks that every injected fault has happened at least once, except for those that are"
                + " always or random; 409 if one has not. Cleared and removed faults are not"
                + " checked.",
            r -> verifyFaultsHappened()));
  }

  private static Reply types() {
    return Reply.ok(
        FaultType.all().stream()
            .map(kind -> new FaultDescription(kind.name(), kind.description(), kind.schema()))
            .toList());
  }

  private Reply list() {
    return Reply.ok(pending().map(FaultRoutes::injected).toList());
  }

  private Stream<Pending<? extends Fault>> pending() {
    return Stream.concat(
        target.bridge().pendingFaults().stream(), target.api().pendingFaults().stream());
  }

  private static InjectedFault injected(Pending<? extends Fault> pending) {
    return new InjectedFault(
        pending.number(),
        FaultType.of(pending.fault()).name(),
        FaultType.parameters(pending.fault()),
        When.of(pending.when()),
        pending.taken());
  }

  private Reply inject(Request request) {
    Injection injection = request.body(Injection.class);
    Fault fault = FaultType.named(injection.name()).read(injection.given());
    Occurrence when = When.occurrence(injection.when());
    return Reply.created(injected(target.inject().apply(fault, when)));
  }

  private Reply clear() {
    target.fake().clearFaults();
    return Reply.done();
  }

  private Reply verifyFaultsHappened() {
    try {
      target.fake().verifyFaultsHappened();
      return Reply.done();
    } catch (AssertionError e) {
      throw Problem.of(409, String.valueOf(e.getMessage()));
    }
  }

  private Reply remove(Request request) {
    long id = request.number();
    if (!target.bridge().removeFault(id) && !target.api().removeFault(id)) {
      throw new NoSuchElementException(
          "There is no fault " + id + " that can still happen. It may have happened.");
    }
    return Reply.done();
  }
}
