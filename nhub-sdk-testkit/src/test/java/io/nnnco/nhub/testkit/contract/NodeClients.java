package io.nnnco.nhub.testkit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The clients of {@code src/test/node/clients.js}, all in one process, which starts once for a test
 * class. For use by one thread.
 */
final class NodeClients implements AutoCloseable {
  /** The library as it is, or its codec alone, which hides nothing. */
  enum Kind {
    MQTT_JS("mqtt.js"),
    PACKETS("packets");

    final String option;

    Kind(String option) {
      this.option = option;
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Deque<JsonNode>> unread = new HashMap<>();
  private final List<NodeClient> opened = new ArrayList<>();
  private final ForeignProcess process =
      ForeignProcess.start(
          ForeignTools.node(), List.of(ForeignTools.program("node"), "clients.js"), Map.of());

  /** Opens a connection and sends the CONNECT. */
  NodeClient open(Kind kind, Access access, Connecting connecting) {
    String name = UUID.randomUUID().toString();
    unread.put(name, new ArrayDeque<>());
    ObjectNode command = command(name, "connect").put("kind", kind.option);
    command.set("connect", connecting.json(access));
    ObjectNode files = command.putObject("files").put("ca", access.ca().toString());
    if (access.certificate() != null && access.key() != null) {
      files.put("cert", access.certificate().toString()).put("key", access.key().toString());
    }
    send(command);
    NodeClient client = new NodeClient(this, name);
    opened.add(client);
    return client;
  }

  /** Breaks what a test has left open. */
  void dropAll() {
    opened.forEach(NodeClient::drop);
    opened.clear();
  }

  ObjectNode command(String client, String what) {
    return JSON.createObjectNode().put("client", client).put("do", what);
  }

  void send(ObjectNode command) {
    process.write(command.toString());
  }

  JsonNode next(String client) {
    Deque<JsonNode> own = unread.getOrDefault(client, new ArrayDeque<>());
    while (own.isEmpty()) {
      JsonNode event = parse(process.awaitLine(line -> true));
      unread.getOrDefault(event.path("client").asText(), new ArrayDeque<>()).add(event);
    }
    return own.remove();
  }

  /** Whether this has happened to the client and not been asked for yet; reads nothing more. */
  boolean hasCome(String client, String event) {
    return unread.getOrDefault(client, new ArrayDeque<>()).stream()
        .anyMatch(come -> come.path("event").asText().equals(event));
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
