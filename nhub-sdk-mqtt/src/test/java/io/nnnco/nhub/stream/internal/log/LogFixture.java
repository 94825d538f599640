package io.nnnco.nhub.stream.internal.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.error.ConnectionException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Disconnected;
import io.nnnco.nhub.stream.event.SubscriptionEvent.HandlerRetry;
import io.nnnco.nhub.stream.event.SubscriptionEvent.MessageFailed;
import io.nnnco.nhub.stream.event.SubscriptionEvent.Subscribed;
import io.nnnco.nhub.stream.internal.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The log of one subscription, in virtual time. */
public abstract class LogFixture {
  /** A certificate that ends on 29 April 2026, 43 days after the virtual time starts. */
  protected static final ClientIdentity IDENTITY =
      ClientIdentity.fromPem(pem("client.crt"), pem("client.key"), pem("ca.crt"));

  private static String pem(String name) {
    try (InputStream in = LogFixture.class.getResourceAsStream("/logs/" + name)) {
      return new String(in.readAllBytes(), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected final VirtualTime time = new VirtualTime();
  protected final RecordingLogger logger = new RecordingLogger();
  protected final SubscriptionLog log =
      log(SubscribeOptions.builder("nnn.acme").build(), logger, time);

  protected SubscriptionLog log(SubscribeOptions options) {
    return log(options, logger, time);
  }

  private static SubscriptionLog log(
      SubscribeOptions options, RecordingLogger logger, VirtualTime time) {
    SubscriptionLog made =
        new SubscriptionLog(
            logger,
            options,
            "nhub1f2e3d4c5b6a7988",
            NHubEnvironment.of("dev-au-03"),
            time,
            time::instant);
    made.connectedWith(MqttVersion.MQTT_5, IDENTITY);
    return made;
  }

  protected Instant now() {
    return time.instant();
  }

  protected void tell(SubscriptionEvent event) {
    log.tell(event, SubscriptionState.SUBSCRIBED);
  }

  protected void connect() {
    tell(new Subscribed(now(), true));
  }

  protected void disconnect(NHubException cause) {
    tell(new Disconnected(now(), cause, Duration.ofSeconds(2)));
  }

  protected void handlerFails(Throwable cause) {
    tell(new HandlerRetry(now(), delivery("METER-1"), cause, 1, Duration.ofSeconds(1)));
  }

  protected void messageFails(Throwable cause, LastResort resort) {
    tell(new MessageFailed(now(), new FailedMessage(delivery("METER-1"), cause, 4), resort));
  }

  protected Delivery delivery(String device) {
    return TestDelivery.of(device, "uplinks");
  }

  public static NHubException lost() {
    return failure(StreamErrorCode.CONNECTION_LOST, "The bridge closed the connection.");
  }

  protected static NHubException failure(StreamErrorCode code, String problem) {
    return new ConnectionException(code, ConnectionPhase.STREAM, problem, null);
  }

  /** As it stands on a page, which has at most 120 characters a line. */
  protected static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ", -1)) {
      if (length > 0 && length + 1 + word.length() > 116) {
        lines.append("\n    ");
        length = 4;
      } else if (length > 0) {
        lines.append(' ');
        length++;
      }
      lines.append(word);
      length += word.length();
    }
    return lines.toString();
  }

  /** The ids of the lines so far, in order. */
  protected List<Object> ids() {
    return logger.lines().stream().map(line -> line.fields().get("nhub.event")).toList();
  }

  protected RecordingLogger.Line last() {
    List<RecordingLogger.Line> lines = logger.lines();
    return lines.get(lines.size() - 1);
  }
}
