package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.error.ConnectionPhase;
import java.util.ArrayList;
import java.util.List;

/** A transport without a wire: it notes what it is told. */
public final class RecordingTransport implements Transport {
  private final List<Integer> acknowledged = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private boolean reading = true;
  private boolean leaving;
  private Runnable onDisconnect = () -> {};
  private volatile ConnectionPhase phase = ConnectionPhase.PREPARE;

  public synchronized List<Integer> acknowledged() {
    return List.copyOf(acknowledged);
  }

  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized boolean isReading() {
    return reading;
  }

  /** What the far end does when it reads a DISCONNECT; by default nothing. */
  public synchronized void onDisconnect(Runnable answer) {
    onDisconnect = answer;
  }

  public void phase(ConnectionPhase reached) {
    phase = reached;
  }

  /** From now on acknowledgements would follow the DISCONNECT. */
  public synchronized void leave() {
    leaving = true;
  }

  @Override
  public synchronized void open() {
    calls.add("open");
  }

  @Override
  public ConnectionPhase phase() {
    return phase;
  }

  @Override
  public synchronized boolean acknowledge(int packetId, boolean lingers) {
    return !leaving && acknowledged.add(packetId);
  }

  @Override
  public synchronized void unsubscribe(List<String> topicFilters) {
    calls.add("unsubscribe " + topicFilters);
  }

  @Override
  public synchronized void setReading(boolean on) {
    reading = on;
  }

  @Override
  public synchronized void disconnect(boolean endSession) {
    calls.add(endSession ? "disconnect and forget" : "disconnect");
    onDisconnect.run();
  }

  @Override
  public synchronized void abort() {
    calls.add("abort");
  }
}
