package io.nnnco.nhub.testkit.internal.bridge.broker;

import io.nnnco.nhub.testkit.DisconnectRecord.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection that remembers what was sent, as {@code [dup ]payload#packet id}. */
final class FakeConnection implements ClientConnection {
  final List<String> sent = new ArrayList<>();
  final List<Integer> ended = new ArrayList<>();
  boolean writable = true;
  private final Broker broker;
  private Broker.Attached attached;

  @SuppressWarnings("NullAway.Init") // set by connect, which is always called
  FakeConnection(Broker broker) {
    this.broker = broker;
  }

  static FakeConnection connect(Broker broker, Broker.SessionRequest request) {
    FakeConnection connection = new FakeConnection(broker);
    connection.attached = broker.connect(request, connection);
    connection.session().deliver();
    return connection;
  }

  Session session() {
    return attached.session();
  }

  boolean present() {
    return attached.present();
  }

  List<String> takeSent() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  void lose() {
    broker.disconnected(session(), this, null, false);
  }

  void leave() {
    broker.disconnected(session(), this, null, true);
  }

  void acknowledge(int packetId) {
    session().acknowledge(packetId);
    session().deliver();
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public boolean send(Outgoing outgoing) {
    String payload = new String(outgoing.message().payload(), StandardCharsets.UTF_8);
    sent.add(
        (outgoing.again() ? "dup " : "")
            + (outgoing.retain() ? "retained " : "")
            + payload
            + (outgoing.qos() == 0 ? "" : "#" + outgoing.packetId()));
    return true;
  }

  @Override
  public void release(Outgoing outgoing) {
    sent.add("release#" + outgoing.packetId());
  }

  @Override
  public void end(Cause cause, int reasonCode, String reason) {
    ended.add(reasonCode);
    lose();
  }
}
