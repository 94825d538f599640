package io.nnnco.nhub.testkit;

import io.nnnco.nhub.testkit.internal.bridge.BridgeListener;
import io.nnnco.nhub.testkit.internal.bridge.broker.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Records the bridge's events. */
final class Journals implements BridgeListener {
  final Journal<RequestRecord> requests = new Journal<>("request");
  final Journal<ConnectRecord> connects = new Journal<>("connect");
  final Journal<DisconnectRecord> disconnects = new Journal<>("disconnect");
  final Journal<SubscribeRecord> subscriptions = new Journal<>("subscription");
  final Journal<AckRecord> acks = new Journal<>("acknowledgement");
  final Journal<DropRecord> drops = new Journal<>("dropped message");
  final Journal<HandshakeRecord> handshakeFailures = new Journal<>("failed handshake");

  /** Not a journal, which would keep every payload: what is published is only passed on. */
  final List<Consumer<Message>> messages = new CopyOnWriteArrayList<>();

  @Override
  public void published(Message message) {
    if (!messages.isEmpty()) {
      messages.forEach(follower -> follower.accept(message));
    }
  }

  @Override
  public void handshakeFailed(java.time.Instant at, String reason) {
    handshakeFailures.add(new HandshakeRecord(at, reason));
  }

  @Override
  public void connected(ConnectRecord connect) {
    connects.add(connect);
  }

  @Override
  public void subscribed(SubscribeRecord subscribe) {
    subscriptions.add(subscribe);
  }

  @Override
  public void acknowledged(AckRecord ack) {
    acks.add(ack);
  }

  @Override
  public void dropped(DropRecord drop) {
    drops.add(drop);
  }

  @Override
  public void disconnected(DisconnectRecord disconnect) {
    disconnects.add(disconnect);
  }

  void clear() {
    requests.clear();
    connects.clear();
    disconnects.clear();
    subscriptions.clear();
    acks.clear();
    drops.clear();
    handshakeFailures.clear();
  }
}
