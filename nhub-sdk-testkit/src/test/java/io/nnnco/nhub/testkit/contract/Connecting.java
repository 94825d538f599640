package io.nnnco.nhub.testkit.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a client asks for in its CONNECT, in the words of mqtt.js.
 *
 * @param level the protocol level
 * @param clientId the client id; may be empty
 * @param clean whether it wants a new session
 * @param keepAlive in seconds
 * @param receiveMaximum how many messages it takes un-acknowledged
 */
record Connecting(int level, String clientId, boolean clean, int keepAlive, int receiveMaximum) {
  private static final int MANY = 1000;
  private static final int HOUR = 3600;

  static Connecting as(Mqtt version, String clientId) {
    return new Connecting(version.level, clientId, true, 60, MANY);
  }

  /** With a session that outlives the connection. */
  Connecting resuming() {
    return new Connecting(level, clientId, false, keepAlive, receiveMaximum);
  }

  Connecting keepAlive(int seconds) {
    return new Connecting(level, clientId, clean, seconds, receiveMaximum);
  }

  Connecting receiveMaximum(int messages) {
    return new Connecting(level, clientId, clean, keepAlive, messages);
  }

  Connecting level(int other) {
    return new Connecting(other, clientId, clean, keepAlive, receiveMaximum);
  }

  ObjectNode json(Access access) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("host", "localhost")
            .put("port", access.port())
            .put("protocolVersion", level)
            .put("clientId", clientId)
            .put("clean", clean)
            .put("keepalive", keepAlive);
    if (access.username() != null) {
      json.put("username", access.username()).put("password", access.password());
    }
    if (level == Mqtt.V5.level) {
      json.putObject("properties")
          .put("receiveMaximum", receiveMaximum)
          .put("sessionExpiryInterval", clean ? 0 : HOUR);
    }
    return json;
  }
}
