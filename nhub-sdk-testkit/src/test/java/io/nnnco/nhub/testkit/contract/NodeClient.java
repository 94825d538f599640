package io.nnnco.nhub.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One of the {@link NodeClients}. */
final class NodeClient {
  private final NodeClients clients;
  private final String name;

  NodeClient(NodeClients clients, String name) {
    this.clients = clients;
    this.name = name;
  }

  /** A message that came. */
  record Received(String topic, String payload, int qos, boolean dup, int messageId) {}

  /** The next thing that happens, which must be this. */
  JsonNode expect(String event) {
    JsonNode next = clients.next(name);
    assertEquals(event, next.path("event").asText(), next::toString);
    return next;
  }

  /** Expects to be let in; the CONNACK. */
  JsonNode accepted() {
    JsonNode connack = expect("connack");
    assertEquals(0, connack.path("code").asInt(), connack::toString);
    return connack;
  }

  /** What came of the CONNECT, in the words of {@link Response}. */
  String response() {
    JsonNode next = clients.next(name);
    return switch (next.path("event").asText()) {
      case "connack" -> {
        int code = next.path("code").asInt();
        yield code == 0 ? Response.ACCEPTED : Response.code(code);
      }
      case "error" ->
          next.path("message").asText().contains("alert") ? Response.TLS_ALERT : next.toString();
      default -> next.toString();
    };
  }

  /**
   * What the server does next: a PUBACK, a DISCONNECT or neither, in the words of {@link Response}.
   */
  String consequence() {
    JsonNode next = clients.next(name);
    return switch (next.path("event").asText()) {
      case "puback", "disconnect" -> Response.code(next.path("code").asInt());
      case "close" -> Response.CLOSED;
      default -> next.toString();
    };
  }

  /** Subscribes; the code in the SUBACK. */
  int subscribe(String filter, int qos) {
    clients.send(clients.command(name, "subscribe").put("filter", filter).put("qos", qos));
    return expect("suback").path("granted").path(0).asInt();
  }

  void publish(String topic, String payload, int qos) {
    clients.send(
        clients
            .command(name, "publish")
            .put("topic", topic)
            .put("payload", payload)
            .put("qos", qos));
  }

  Received receive() {
    JsonNode publish = expect("publish");
    byte[] payload = Base64.getDecoder().decode(publish.path("payload").asText());
    return new Received(
        publish.path("topic").asText(),
        new String(payload, StandardCharsets.UTF_8),
        publish.path("qos").asInt(),
        publish.path("dup").asBoolean(),
        publish.path("messageId").asInt());
  }

  /** Sends a PUBACK; for a client of packets, since mqtt.js does so by itself. */
  void acknowledge(Received message) {
    clients.send(clients.command(name, "acknowledge").put("messageId", message.messageId()));
  }

  /** Sends a PINGREQ and awaits the response: what was on its way before has come before. */
  void ping() {
    clients.send(clients.command(name, "ping"));
    expect("pingresp");
  }

  /** Whether the connection is known to be closed, by what has been read so far. */
  boolean closed() {
    return clients.hasCome(name, "close");
  }

  /** Leaves with a DISCONNECT. */
  void end() {
    clients.send(clients.command(name, "end"));
    awaitClose();
  }

  /** Breaks the connection. */
  void drop() {
    clients.send(clients.command(name, "drop"));
  }

  /** Waits until the connection is closed, whatever comes before. */
  void awaitClose() {
    String event;
    do {
      event = clients.next(name).path("event").asText();
    } while (!event.equals("close"));
  }
}
