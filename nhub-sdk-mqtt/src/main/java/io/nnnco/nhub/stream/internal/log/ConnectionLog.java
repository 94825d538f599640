package io.nnnco.nhub.stream.internal.log;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the log says of the connection. Not thread-safe. */
final class ConnectionLog {
  private final NHubEnvironment nhub;
  private final String clientId;
  private final Repetitions failures = new Repetitions();
  private @Nullable Credentials credentials;
  private MqttVersion version = MqttVersion.MQTT_5;
  private SubscriptionEvent.@Nullable Disconnected latest;
  private @Nullable Instant downSince;
  private int failedAttempts;
  private boolean up;
  private boolean saidToBeUp;

  ConnectionLog(NHubEnvironment nhub, String clientId) {
    this.nhub = nhub;
    this.clientId = clientId;
  }

  /** What the next connection that is reported was made with. */
  void connectedWith(MqttVersion spoken, Credentials shown) {
    version = spoken;
    credentials = shown;
  }

  /** The line for an event; null for none. */
  @Nullable LogEntry entry(SubscriptionEvent event, SubscriptionState state) {
    if (event instanceof SubscriptionEvent.Subscribed subscribed) {
      return connected(subscribed);
    } else if (event instanceof SubscriptionEvent.Disconnected disconnected) {
      return disconnected(disconnected);
    } else if (event instanceof SubscriptionEvent.CredentialsReplaced replaced) {
      return withCertificate(
          new LogEntry(
              LogLine.CREDENTIALS_REPLACED,
              "the bridge accepted the new credentials" + credentials(replaced.at())),
          replaced.at());
    } else if (event instanceof SubscriptionEvent.CredentialsRefused refused) {
      return refused(refused.cause(), state);
    } else if (event instanceof SubscriptionEvent.Closed closed) {
      return closed(closed.cause());
    }
    return SessionLog.entry(event);
  }

  private @Nullable LogEntry connected(SubscriptionEvent.Subscribed subscribed) {
    boolean known = saidToBeUp;
    Instant lostAt = downSince;
    int attempts = failedAttempts;
    up = true;
    downSince = null;
    failedAttempts = 0;
    if (known) {
      return null;
    }
    saidToBeUp = true;
    failures.toldAll(subscribed.at());
    String session = subscribed.sessionPresent() ? "the session was kept" : "new session";
    String text =
        "connected to "
            + nhub.mqttHost()
            + ":"
            + nhub.mqttPort()
            + " with MQTT "
            + LogText.version(version)
            + " as "
            + clientId
            + "; "
            + session
            + credentials(subscribed.at());
    LogEntry entry =
        new LogEntry(LogLine.CONNECTED, text + outage(lostAt, subscribed.at(), attempts))
            .with("nhub.host", nhub.mqttHost())
            .with("nhub.port", nhub.mqttPort())
            .with("nhub.mqtt", LogText.version(version))
            .with("nhub.session_present", subscribed.sessionPresent());
    if (lostAt != null) {
      entry
          .with("nhub.down_ms", Duration.between(lostAt, subscribed.at()))
          .with("nhub.failed_attempts", attempts);
    }
    return withCertificate(entry, subscribed.at());
  }

  private static String outage(@Nullable Instant lostAt, Instant now, int attempts) {
    return lostAt == null
        ? ""
        : "; it was down for "
            + LogText.duration(Duration.between(lostAt, now))
            + ", with "
            + LogText.times(attempts, "failed attempt");
  }

  private @Nullable LogEntry disconnected(SubscriptionEvent.Disconnected down) {
    boolean lost = up;
    up = false;
    latest = down;
    failedAttempts += lost ? 0 : 1;
    if (downSince == null) {
      downSince = down.at();
    }
    if (!failures.isNews(down.cause().code().id(), down.at())) {
      return null;
    }
    saidToBeUp = false;
    return retrying(
        new LogEntry(
            lost ? LogLine.CONNECTION_LOST : LogLine.CONNECT_FAILED,
            (lost ? "disconnected: " : "could not connect: ")
                + down.cause().getMessage()
                + " Next attempt "
                + LogText.after(down.retryIn())),
        down);
  }

  /** What was only counted; null if nothing was. */
  @Nullable LogEntry repeated(Instant now) {
    int count = failures.untold();
    SubscriptionEvent.Disconnected down = latest;
    if (count == 0 || down == null) {
      return null;
    }
    failures.toldAll(now);
    saidToBeUp = up;
    String text =
        "disconnected or could not connect "
            + LogText.times(count, "more time")
            + ", the last time: "
            + down.cause().getMessage()
            + (up ? " It is connected now" : " It is not connected now");
    return retrying(
        new LogEntry(LogLine.DISCONNECTS_REPEATED, text)
            .with("nhub.count", count)
            .with("nhub.connected", up),
        down);
  }

  private static LogEntry retrying(LogEntry entry, SubscriptionEvent.Disconnected down) {
    return because(entry, down.cause()).with("nhub.retry_ms", down.retryIn());
  }

  private LogEntry refused(NHubException cause, SubscriptionState state) {
    boolean waits = state == SubscriptionState.REFUSED;
    return because(
        new LogEntry(
            waits ? LogLine.CREDENTIALS_AWAITED : LogLine.CREDENTIALS_REFUSED,
            (waits
                    ? "the subscription waits for other credentials: "
                    : "the new credentials were not accepted, and the old ones stay in use: ")
                + cause.getMessage()),
        cause);
  }

  private static LogEntry closed(@Nullable NHubException cause) {
    if (cause == null) {
      return new LogEntry(LogLine.CLOSED, "closed");
    }
    LogEntry entry =
        because(
            new LogEntry(
                LogLine.ENDED,
                "the subscription has ended, and the SDK does not reconnect: "
                    + cause.getMessage()),
            cause);
    return switch (cause.code().responsible()) {
      case APPLICATION, SDK -> entry.causedBy(cause);
      case CONFIGURATION, NETWORK, PLATFORM -> entry; // The text says it all.
    };
  }

  private static LogEntry because(LogEntry entry, NHubException cause) {
    return entry.with("nhub.code", cause.code().id()).with("nhub.advice", cause.advice());
  }

  private String credentials(Instant now) {
    Credentials shown = credentials;
    return shown == null ? "" : "; " + LogText.credentials(shown, now);
  }

  private LogEntry withCertificate(LogEntry entry, Instant now) {
    if (credentials instanceof ClientIdentity identity) {
      entry.with("nhub.certificate_days", Duration.between(now, identity.expiresAt()).toDays());
    }
    return entry;
  }

  /** Whether something waits to be told by {@link #repeated}. */
  boolean isOwing() {
    return failures.untold() > 0;
  }
}
