package io.nnnco.nhub.stream.internal.transport.direct;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.internal.transport.ConnectRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which servers do not speak MQTT 5, as far as this client has found out. Thread-safe. */
public final class ProtocolMemory {
  private final Set<String> older = ConcurrentHashMap.newKeySet();

  /** The version to begin with. */
  MqttVersion first(ConnectRequest request) {
    MqttVersion pinned = request.protocol();
    if (pinned != null) {
      return pinned;
    }
    return older.contains(key(request)) ? MqttVersion.MQTT_3_1_1 : MqttVersion.MQTT_5;
  }

  void speaksOnlyOlder(ConnectRequest request) {
    older.add(key(request));
  }

  private static String key(ConnectRequest request) {
    return request.host() + ":" + request.port();
  }
}
