package io.nnnco.nhub.stream.internal.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An attempt to connect and subscribe, with the time of each phase. */
@Name("io.nnnco.nhub.ConnectionAttempt")
@Label("Connection Attempt")
@Category("N-Hub")
@Description("An attempt to connect and subscribe, with the time of each phase")
@StackTrace(false)
final class ConnectionAttemptEvent extends RecordedEvent {
  @Label("Host")
  @Nullable String host;

  @Label("Port")
  int port;

  @Label("Proxy")
  @Description("The proxy's host and port; null without a proxy")
  @Nullable String proxy;

  @Label("Engine")
  @Description("PAHO or DIRECT")
  @Nullable String engine;

  @Label("MQTT Version")
  @Description("5 or 3.1.1")
  @Nullable String mqttVersion;

  @Label("DNS")
  @Description("The time to resolve the host, or that of the proxy")
  @Timespan(Timespan.NANOSECONDS)
  long dns;

  @Label("TCP")
  @Description("The time to open the TCP connection, over all addresses tried")
  @Timespan(Timespan.NANOSECONDS)
  long tcp;

  @Label("Proxy Tunnel")
  @Description("The time to get a tunnel from the proxy")
  @Timespan(Timespan.NANOSECONDS)
  long proxyTunnel;

  @Label("TLS")
  @Description("The time of the TLS handshake")
  @Timespan(Timespan.NANOSECONDS)
  long tls;

  @Label("CONNECT")
  @Description("The time from CONNECT to CONNACK")
  @Timespan(Timespan.NANOSECONDS)
  long connect;

  @Label("SUBSCRIBE")
  @Description("The time from SUBSCRIBE to SUBACK")
  @Timespan(Timespan.NANOSECONDS)
  long subscribe;

  @Label("Session Present")
  @Description("Whether the bridge had kept the session; false before its CONNACK")
  boolean sessionPresent;

  @Label("Phase")
  @Description("How far it got: STREAM if it succeeded")
  @Nullable String phase;

  @Label("Error Code")
  @Description("The code of the failure; null after success, or if this side gave it up")
  @Nullable String errorCode;
}
