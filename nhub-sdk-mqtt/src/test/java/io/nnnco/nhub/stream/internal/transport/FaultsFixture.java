package io.nnnco.nhub.stream.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What goes wrong on a wire, and what Eclipse Paho 1.2.5 makes of it: each known defect of Paho has
 * a number, such as D11, and a test named after it that every engine passes.
 *
 * <table>
 * <caption>Rows without a test here</caption>
 * <tr><td>D6, D8, D9, D10</td><td>automatic reconnect: the port has none; {@code
 * ConnectionMachineTest}</td></tr>
 * <tr><td>D19</td><td>acknowledging QoS 2: the port cannot</td></tr>
 * <tr><td>D23</td><td>PUBACKs of a server: the port publishes nothing</td></tr>
 * <tr><td>D27, D28</td><td>Paho's listeners for a filter: the port has one listener</td></tr>
 * <tr><td>D30</td><td>subscription identifiers: the port asks for none</td></tr>
 * <tr><td>D36</td><td>QoS 0 dropped at a reconnect: a transport does not reconnect</td></tr>
 * <tr><td>D37</td><td>one version of MQTT: {@code docs/engines.md}</td></tr>
 * <tr><td>D38</td><td>unmaintained: why there are two engines</td></tr>
 * </table>
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class FaultsFixture extends TransportFixture {
  FaultsFixture(Engine engine) {
    super(engine);
  }

  final RawBroker broker = new RawBroker();

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  Request request() {
    return to("localhost", broker.port(), RawBroker.credentials());
  }

  Peer subscribe(Request request) {
    open(request.build());
    Peer peer = broker.accept();
    peer.welcome();
    listener.awaitSubscribed();
    return peer;
  }

  static void publish(Peer peer, int from, int to) {
    IntStream.rangeClosed(from, to)
        .mapToObj(id -> Wire.publish(TOPIC, id, ("message " + id).getBytes(UTF_8)))
        .forEach(peer::send);
  }

  static List<Integer> ids(List<InboundMessage> messages) {
    return messages.stream().map(InboundMessage::packetId).toList();
  }
}
