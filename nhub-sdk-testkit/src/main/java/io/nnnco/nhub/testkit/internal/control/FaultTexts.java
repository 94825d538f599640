package io.nnnco.nhub.testkit.internal.control;

import io.nnnco.nhub.testkit.ApiFault;
import io.nnnco.nhub.testkit.BridgeFault;
import io.nnnco.nhub.testkit.Fault;
import java.util.Map;

/** What each fault does, in a sentence; and the parameters that may be left out, as in Java. */
final class FaultTexts {
  private static final Map<String, Object> NO_REASON = Map.of("reason", "");

  private static final Map<Class<? extends Fault>, Text> TEXTS =
      Map.ofEntries(
          text(
              BridgeFault.RejectCertificate.class,
              "The bridge rejects the client's certificate inside the TLS handshake: the client sees"
                  + " a TLS alert and no CONNACK."),
          text(
              BridgeFault.WrongServerCertificate.class,
              "The bridge presents a certificate that the client should not trust."),
          text(
              BridgeFault.RefuseConnect.class,
              "The bridge refuses the CONNECT with this reason code.",
              NO_REASON),
          text(
              BridgeFault.LoseSession.class,
              "At the next CONNECT, the bridge drops the client's session: its subscriptions and"
                  + " queue are gone, and the CONNACK says that there is no session."),
          text(
              BridgeFault.IgnoreKeepAlive.class,
              "From the next CONNECT on, the bridge does not respond to the connection's PINGREQs,"
                  + " and does not notice its silence."),
          text(
              BridgeFault.SlowBytes.class,
              "From the next CONNECT on, the bridge writes to the connection in small pieces, with a"
                  + " pause after each."),
          text(
              BridgeFault.RespondToSubscribe.class,
              "The bridge responds to every filter of a SUBSCRIBE with this reason code, and"
                  + " subscribes nothing if it is a refusal."),
          text(
              BridgeFault.DuplicatePublish.class,
              "The bridge delivers the same message a second time, in a PUBLISH of its own."),
          text(BridgeFault.Drop.class, "The connection breaks with a TCP reset."),
          text(
              BridgeFault.ServerDisconnect.class,
              "The bridge ends the connection: with a DISCONNECT for MQTT 5, without one for MQTT"
                  + " 3.1.1. With reason code 142 (0x8E), it is a take-over.",
              NO_REASON),
          text(
              BridgeFault.MalformedPacket.class,
              "The bridge writes bytes that are not an MQTT packet; by default, a packet of the"
                  + " reserved type 0.",
              Map.of("hex", "00020000")),
          text(
              BridgeFault.Stall.class,
              "The bridge neither reads nor writes for a while, then continues as if nothing had"
                  + " happened."),
          text(
              BridgeFault.Silence.class,
              "The bridge continues to read, and processes what it reads, but never writes a byte"
                  + " again."),
          text(
              BridgeFault.HalfOpen.class,
              "The bridge neither reads nor writes again, and does not notice when the client"
                  + " disconnects, like a connection that a firewall has dropped."),
          text(
              ApiFault.Respond.class,
              "The API sends another response, and does not execute the request.",
              Map.of("headers", Map.of(), "body", "{\"detail\": \"Fault on purpose.\"}")),
          text(ApiFault.Delay.class, "The API executes the request at once and responds later."),
          text(ApiFault.Reset.class, "The connection breaks before anything is executed."),
          text(
              ApiFault.LoseResponse.class,
              "The API executes the request, and the connection breaks before the response."),
          text(
              ApiFault.Truncate.class,
              "The API executes the request, and the connection breaks within the response's body,"
                  + " after so many bytes."),
          text(
              ApiFault.Garbage.class,
              "The API executes the request and responds with its own status and headers, but with a"
                  + " body that is not JSON."),
          text(
              ApiFault.HalfOpen.class,
              "The API reads the request, executes nothing, and never sends a byte."),
          text(
              ApiFault.Only.class,
              "Another fault of the API, with only the requests of this method, and of a path that"
                  + " ends like this, as opportunities."));

  private FaultTexts() {}

  /** A text, and the parameters that may be left out. */
  record Text(String description, Map<String, Object> defaults) {}

  private static Map.Entry<Class<? extends Fault>, Text> text(
      Class<? extends Fault> type, String description) {
    return text(type, description, Map.of());
  }

  private static Map.Entry<Class<? extends Fault>, Text> text(
      Class<? extends Fault> type, String description, Map<String, Object> defaults) {
    return Map.entry(type, new Text(description, defaults));
  }

  /** The text of a kind of fault. */
  static Text of(Class<? extends Fault> type) {
    return TEXTS.getOrDefault(type, new Text("", Map.of()));
  }
}
