package io.nnnco.nhub.testkit.internal.simulation;

import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.testkit.Silence;
import io.nnnco.nhub.testkit.Transmission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Devices and their timetable: the same seed, start and times give the same messages, in whatever
 * steps they are taken. Without threads or a clock; not thread-safe.
 */
public final class Fleet {
  private record Expected(Transmission.Arrival arrival, long order) {
    Instant at() {
      return arrival.at();
    }
  }

  private final List<Device> devices = new ArrayList<>();
  private final Timetable timetable;
  private final Network network;
  private final PriorityQueue<Expected> underway =
      new PriorityQueue<>(Comparator.comparing(Expected::at).thenComparingLong(Expected::order));
  private long order;

  /**
   * Creates a fleet in which each device has its first turn within the first interval.
   *
   * @param options its options
   * @param start when it begins
   */
  public Fleet(FleetOptions options, Instant start) {
    for (int number = 0; number < options.models().size(); number++) {
      devices.add(new Device(options, number, start));
    }
    timetable = new Timetable(options, start);
    network = new Network(options, devices, start);
  }

  /** How often each device sends. */
  public Duration interval() {
    return timetable.interval();
  }

  /** Changes how often each device sends; what is due later than now comes to scale. */
  public void interval(Duration each, Instant now) {
    timetable.interval(each, now);
  }

  /** How many devices there are. */
  public int size() {
    return devices.size();
  }

  /** When something is to be done next: a device has its turn or a message arrives. */
  public @Nullable Instant nextTurn() {
    Instant turn = timetable.next();
    Expected arrival = underway.peek();
    return arrival != null && (turn == null || arrival.at().isBefore(turn)) ? arrival.at() : turn;
  }

  /** The next message that arrives, if that is up to and including this time; or else null. */
  public Transmission.@Nullable Arrival poll(Instant until) {
    Instant next = nextTurn();
    while (next != null && !next.isAfter(until)) {
      // What is sent at a time may arrive at it, too, so all turns come before all arrivals.
      if (!next.equals(timetable.next())) {
        return underway.remove().arrival();
      }
      take().stream().flatMap(sent -> sent.arrivals().stream()).forEach(this::expect);
      next = nextTurn();
    }
    return null;
  }

  private void expect(Transmission.Arrival arrival) {
    underway.add(new Expected(arrival, order++));
  }

  /** What is sent after the last call, up to and including this time, in order. */
  public List<Transmission> transmissions(Instant until) {
    List<Transmission> sent = new ArrayList<>();
    Instant turn = timetable.next();
    while (turn != null && !turn.isAfter(until)) {
      sent.addAll(take());
      turn = timetable.next();
    }
    return sent;
  }

  /** The periods without transmissions that begin up to this time, by device. */
  public List<Silence> silences(Instant until) {
    return devices.stream().flatMap(device -> device.silences(until).stream()).toList();
  }

  private List<Transmission> take() {
    Timetable.Turn turn = timetable.take();
    Device device = devices.get(turn.device());
    List<Transmission> sent = new ArrayList<>(1);
    for (Frame frame : device.frames(turn.at(), turn.number())) {
      Transmission transmission = network.transmit(device, frame);
      sent.add(transmission);
      if (frame.kind() == MessageKind.JOIN && transmission.arrivals().isEmpty()) {
        device.joinAgain();
        break;
      }
    }
    return sent;
  }
}
