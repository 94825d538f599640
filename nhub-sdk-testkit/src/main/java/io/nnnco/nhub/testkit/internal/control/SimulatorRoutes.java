package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.DeviceSimulator;
import io.nnnco.nhub.testkit.Phenomenon;
import io.nnnco.nhub.testkit.internal.control.http.Reply;
import io.nnnco.nhub.testkit.internal.control.http.Request;
import io.nnnco.nhub.testkit.internal.control.http.Route;
import io.nnnco.nhub.testkit.internal.control.json.Description;
import io.nnnco.nhub.testkit.internal.control.json.Schemas;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/** Fleets of devices that send on their own. */
final class SimulatorRoutes {
  private final Controlled target;
  private final Map<DeviceSimulator, Long> ids = new WeakHashMap<>();
  private long lastId;

  SimulatorRoutes(Controlled target) {
    this.target = target;
  }

  /** A simulator that is running. */
  record RunningSimulator(
      long id,
      int devices,
      @Description("uplinks per second, of all devices together") double rate,
      @Description("how many messages it has published") long sent) {}

  /** A new rate. */
  record NewRate(
      @Description("uplinks per second, of all devices together; above zero") double rate) {}

  /** What may happen to the devices of a simulator. */
  record PhenomenonDescription(
      Phenomenon name,
      @Description("what its share is of, and what happens to them") String shareOf,
      @Description("the share that realistic sets") double inTheField) {
    static PhenomenonDescription of(Phenomenon phenomenon) {
      return new PhenomenonDescription(phenomenon, phenomenon.shareOf(), phenomenon.inTheField());
    }
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                "GET",
                "/phenomena",
                "listPhenomena",
                "Lists what may happen to simulated devices as in the field.",
                r -> phenomena())
            .gives(200, Schemas.list(PhenomenonDescription.class)),
        Route.of(
                "GET",
                "/simulators",
                "listSimulators",
                "Lists the running simulators.",
                r -> list())
            .gives(200, Schemas.list(RunningSimulator.class)),
        Route.of(
                "POST",
                "/simulators",
                "startSimulator",
                "Starts a fleet of devices. With a virtual clock, it sends when that is advanced.",
                this::start)
            .takes(Schemas.ref(NewSimulator.class))
            .gives(201, Schemas.ref(RunningSimulator.class)),
        Route.of(
                "PATCH",
                "/simulators/{id}",
                "changeRate",
                "Changes how often the fleet as a whole sends.",
                this::change)
            .takes(Schemas.ref(NewRate.class))
            .gives(200, Schemas.ref(RunningSimulator.class)),
        Route.of("DELETE", "/simulators/{id}", "stopSimulator", "Stops a simulator.", this::stop));
  }

  private static Reply phenomena() {
    return Reply.ok(Stream.of(Phenomenon.values()).map(PhenomenonDescription::of).toList());
  }

  private Reply list() {
    return Reply.ok(target.simulators().get().stream().map(this::shown).toList());
  }

  private synchronized RunningSimulator shown(DeviceSimulator simulator) {
    long id = ids.computeIfAbsent(simulator, key -> ++lastId);
    return new RunningSimulator(id, simulator.devices(), simulator.rate(), simulator.sent());
  }

  private Reply start(Request request) {
    NewSimulator wanted = request.body(NewSimulator.class);
    return Reply.created(
        shown(
            wanted
                .configure(target.fake().simulator())
                .enterprise(target.enterprise(wanted.enterprise()))
                .start()));
  }

  private Reply change(Request request) {
    DeviceSimulator simulator = find(request.number());
    simulator.rate(request.body(NewRate.class).rate());
    return Reply.ok(shown(simulator));
  }

  private Reply stop(Request request) {
    find(request.number()).close();
    return Reply.done();
  }

  private DeviceSimulator find(long id) {
    return target.simulators().get().stream()
        .filter(simulator -> shown(simulator).id() == id)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("No simulator " + id + " is running."));
  }
}
