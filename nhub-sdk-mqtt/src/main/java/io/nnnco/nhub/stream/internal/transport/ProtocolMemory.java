package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which servers speak MQTT 5, as far as this client knows. Only a response counts: a closed
 * connection may be a load balancer's, in the middle of a restart. Thread-safe.
 */
public final class ProtocolMemory {
  private static final int SUSPICIOUS = 3;

  private final Set<String> older = ConcurrentHashMap.newKeySet();
  private final Set<String> newer = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> hangUps = new ConcurrentHashMap<>();

  /** The version to start with. */
  public MqttVersion first(ConnectRequest request) {
    MqttVersion pinned = request.protocol();
    if (pinned != null) {
      return pinned;
    }
    return older.contains(key(request)) ? MqttVersion.MQTT_3_1_1 : MqttVersion.MQTT_5;
  }

  /** Whether the server has spoken MQTT 5 before. */
  public boolean knowsNewer(ConnectRequest request) {
    return newer.contains(key(request));
  }

  /** The server has accepted an MQTT 5 connection. */
  public void spokeNewer(ConnectRequest request) {
    String key = key(request);
    newer.add(key);
    older.remove(key);
    hangUps.remove(key);
  }

  /**
   * The server refuses MQTT 5 and accepts 3.1.1. Not remembered if it has spoken MQTT 5 before,
   * because it may again.
   */
  public void refusedNewer(ConnectRequest request) {
    String key = key(request);
    if (!newer.contains(key)) {
      older.add(key);
    }
  }

  /**
   * An MQTT 5 CONNECT failed, and 3.1.1 must not be tried.
   *
   * @return the failure; from the third closed connection on, if MQTT 5 has never worked there,
   *     with a suspicion
   */
  public StreamException suspecting(ConnectRequest request, StreamException failure) {
    if (failure.code() != StreamErrorCode.CONNECTION_LOST
        || failure.phase() != ConnectionPhase.CONNECT
        || knowsNewer(request)
        || hangUps.merge(key(request), 1, Integer::sum) < SUSPICIOUS) {
      return failure;
    }
    return new ConnectionException(
        StreamErrorCode.CONNECTION_LOST,
        ConnectionPhase.CONNECT,
        key(request)
            + " closed the connection again on an MQTT 5 CONNECT. It may speak only MQTT 3.1.1: "
            + "choose MqttEngine.DIRECT, which finds out, or pin the version with"
            + " SubscribeOptions.protocol(MQTT_3_1_1).",
        failure);
  }

  private static String key(ConnectRequest request) {
    return request.host() + ":" + request.port();
  }
}
