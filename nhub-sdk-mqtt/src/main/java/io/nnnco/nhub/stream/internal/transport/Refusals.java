package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.core.internal.ForeignText;
import io.nnnco.nhub.core.internal.TopicGrammar;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.ReasonCode;
import io.nnnco.nhub.stream.error.ServerException;
import io.nnnco.nhub.stream.error.SessionTakenOverException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.error.StreamException;
import io.nnnco.nhub.stream.error.SubscriptionRefusedException;
import io.nnnco.nhub.stream.internal.transport.packet.PacketWriter;
import io.nnnco.nhub.stream.internal.transport.packet.ServerTerms;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the codes with which an MQTT server refuses into typed errors. */
public final class Refusals {
  private Refusals() {}

  /** A CONNACK that refuses. */
  public static StreamException connack(
      ReasonCode code, @Nullable String reason, Credentials credentials) {
    String said = code + quoted(reason, credentials) + ".";
    if (reason != null && reason.toLowerCase(Locale.ROOT).contains("revoked")) {
      return new CertificateRevokedException(
          ConnectionPhase.CONNECT, "The bridge refused the connection: " + said, null);
    }
    return switch (code) {
      case BAD_USER_NAME_OR_PASSWORD ->
          new AuthenticationException(
              StreamErrorCode.BAD_CREDENTIALS,
              ConnectionPhase.CONNECT,
              "The bridge refused " + who(credentials) + ": " + said,
              null);
      case NOT_AUTHORIZED ->
          new AuthenticationException(
              StreamErrorCode.NOT_AUTHORIZED,
              ConnectionPhase.CONNECT,
              "The bridge refused " + who(credentials) + ": " + said,
              null);
      default ->
          new ServerException(
              StreamErrorCode.SERVER_REFUSED, code, "The bridge refused the connection: " + said);
    };
  }

  /** A DISCONNECT of the server. */
  public static StreamException disconnect(
      ReasonCode code, @Nullable String reason, Credentials credentials) {
    if (code == ReasonCode.SESSION_TAKEN_OVER) {
      return new SessionTakenOverException(
          ConnectionPhase.STREAM, "The bridge gave the session to another client.", null);
    }
    return new ServerException(
        StreamErrorCode.SERVER_DISCONNECTED,
        code,
        "The bridge ended the connection: " + code + quoted(reason, credentials) + ".");
  }

  /** The first filter in a SUBACK that was not granted as requested. */
  public static Optional<StreamException> suback(
      List<String> filters, Qos asked, int[] codes, Credentials credentials) {
    for (int i = 0; i < filters.size(); i++) {
      int code = i < codes.length ? codes[i] : ReasonCode.UNSPECIFIED_ERROR.value();
      if (code >= ReasonCode.UNSPECIFIED_ERROR.value()) {
        return Optional.of(
            new SubscriptionRefusedException(
                filters.get(i),
                code,
                "The bridge refused a subscription to "
                    + filters.get(i)
                    + " for "
                    + who(credentials)
                    + ": "
                    + ReasonCode.of(code)
                    + "."));
      }
      if (code < asked.level()) {
        return Optional.of(
            new SubscriptionRefusedException(
                filters.get(i),
                code,
                "The bridge granted QoS "
                    + code
                    + " for "
                    + filters.get(i)
                    + ", but QoS "
                    + asked.level()
                    + " was requested."));
      }
    }
    return Optional.empty();
  }

  /**
   * What the request needs and the server's CONNACK says it does not support; known before the
   * SUBSCRIBE.
   */
  public static Optional<StreamException> beyond(
      ServerTerms terms, ConnectRequest request, MqttVersion version) {
    for (String filter : request.topicFilters()) {
      if (!terms.sharedSubscriptions() && TopicGrammar.isShared(filter)) {
        return lacking(ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED, filter);
      }
      if (!terms.wildcards() && TopicGrammar.hasWildcard(filter)) {
        return lacking(ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED, filter);
      }
      if (terms.maximumQos() < request.qos().level()) {
        return lacking(ReasonCode.QOS_NOT_SUPPORTED, filter);
      }
    }
    return tooLarge(terms.maximumPacketSize(), request, version);
  }

  private static Optional<StreamException> tooLarge(
      long accepted, ConnectRequest request, MqttVersion version) {
    List<String> filters = request.topicFilters();
    long length = PacketWriter.subscribeLength(version, filters);
    long most = Math.min(accepted, PacketWriter.MAXIMUM_LENGTH);
    if (length <= most) {
      return Optional.empty();
    }
    return Optional.of(
        new SubscriptionRefusedException(
            filters.get(0),
            ReasonCode.PACKET_TOO_LARGE.value(),
            String.format(
                Locale.ROOT,
                "The SUBSCRIBE for %,d topic %s has %,d bytes, and %s packets of up to %,d.",
                filters.size(),
                filters.size() == 1 ? "filter" : "filters",
                length,
                most == accepted ? "the bridge accepts" : "MQTT allows",
                most)));
  }

  private static Optional<StreamException> lacking(ReasonCode code, String filter) {
    return Optional.of(
        new SubscriptionRefusedException(
            filter,
            code.value(),
            "The bridge's CONNACK says that it does not support a subscription to "
                + filter
                + ": "
                + code
                + "."));
  }

  private static String who(Credentials credentials) {
    return credentials instanceof UsernamePassword user
        ? "user " + ForeignText.shown(user.username())
        : "the client certificate";
  }

  /** What the server says, which may repeat what the client sent. */
  private static String quoted(@Nullable String reason, Credentials credentials) {
    if (reason == null) {
      return "";
    }
    Secret token = credentials instanceof UsernamePassword user ? user.password() : null;
    String shown = ForeignText.without(token).line(reason);
    return shown.isEmpty() ? "" : ", \"" + shown + "\"";
  }
}
