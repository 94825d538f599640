package io.nnnco.nhub.stream.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.identity.KeyMismatchException;
import io.nnnco.nhub.stream.LastResort;
import io.nnnco.nhub.stream.MqttVersion;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscriptionState;
import io.nnnco.nhub.stream.error.AuthenticationException;
import io.nnnco.nhub.stream.error.CertificateRevokedException;
import io.nnnco.nhub.stream.error.ConnectionPhase;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import io.nnnco.nhub.stream.event.SubscriptionEvent;
import io.nnnco.nhub.stream.gap.Gap;
import io.nnnco.nhub.stream.gap.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/logs.md has every line that the SDK writes, as it is written. */
class LogsDocumentTest extends LogFixture {
  private static final Path PAGE = Path.of("../docs/logs.md");
  private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "\\blog\\s*\\.(error|warn|info)\\(\\s*(" + TEXT + "(?:\\s*\\+\\s*" + TEXT + ")*)");
  private static final Set<String> OF_EVERY_LINE =
      Set.of("nhub.event", "nhub.enterprise", "nhub.subscription");

  private final Set<Class<?>> told = new LinkedHashSet<>();

  private void told(SubscriptionEvent event) {
    told.add(event.getClass());
    tell(event);
  }

  private static NHubException revoked() {
    return new CertificateRevokedException(
        ConnectionPhase.STREAM, "The bridge says that the certificate is revoked.", null);
  }

  private static NHubException refused() {
    return new AuthenticationException(
        StreamErrorCode.NOT_AUTHORIZED, ConnectionPhase.CONNECT, "The bridge refused.", null);
  }

  private static NHubException mismatch() {
    return new KeyMismatchException("tls.crt", "tls.key", "CN=7d0a");
  }

  private static NHubException full() {
    return new IdentityFileException(
        CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
        "certs",
        "certs cannot take an identity: No space left on device.",
        null);
  }

  /** One line of each kind, in an order in which they can come. */
  private Map<LogLine, RecordingLogger.Line> samples() {
    IOException noDatabase = new IOException("no database");
    Instant start = now();
    told(new SubscriptionEvent.ProtocolFallback(now(), MqttVersion.MQTT_3_1_1));
    told(new SubscriptionEvent.SessionTerms(now(), Duration.ofHours(1), "auto-7"));
    told(new SubscriptionEvent.Subscribed(now(), false));
    told(
        new SubscriptionEvent.FormerFiltersDropped(
            now(), List.of("v4/groups/nnn.acme.master/+/joins")));
    told(new SubscriptionEvent.Disconnected(now(), lost(), Duration.ofSeconds(2)));
    disconnect(failure(StreamErrorCode.CONNECTION_REFUSED, "Port 8883 is closed."));
    disconnect(lost());
    time.advance(Duration.ofMinutes(6));
    told(new SubscriptionEvent.Subscribed(now(), false));
    told(new SubscriptionEvent.SessionLost(now(), start, now()));
    told(new SubscriptionEvent.Silent(now(), start, "Check the enterprise code."));
    told(
        new SubscriptionEvent.TimestampUnitSuspected(
            now(), "METER-1", Instant.ofEpochMilli(1_773_705_600), 1_000));
    told(new SubscriptionEvent.CredentialsReplaced(now()));
    told(new SubscriptionEvent.CredentialsRefused(now(), refused()));
    log.tell(new SubscriptionEvent.CredentialsRefused(now(), revoked()), SubscriptionState.REFUSED);
    told(new SubscriptionEvent.CredentialsUnusable(now(), mismatch()));
    told(new SubscriptionEvent.CertificateExpires(now(), now().plus(Duration.ofDays(7))));
    told(new SubscriptionEvent.RenewalFailed(now(), full(), Duration.ofMinutes(2)));
    told(new SubscriptionEvent.FormerCertificateRevoked(now(), "c-1", false));
    told(new SubscriptionEvent.FormerCertificateRevoked(now(), "c-1", true));
    handlerFails(noDatabase);
    told(
        new SubscriptionEvent.HandlerRetry(
            now(), delivery("METER-2"), noDatabase, 1, Duration.ofSeconds(2)));
    time.advance(Repetitions.PERIOD);
    told(new SubscriptionEvent.HandlerOutageBegan(now(), noDatabase, 3));
    time.advance(Duration.ofMinutes(12));
    told(new SubscriptionEvent.HandlerOutageEnded(now(), now().minus(Duration.ofMinutes(12))));
    messageFails(new IllegalArgumentException("no such meter"), LastResort.SKIP);
    told.add(SubscriptionEvent.MessageFailed.class);
    LastResort handOver = new LastResort.HandOver(failure -> {});
    messageFails(new IllegalArgumentException("no such meter"), handOver);
    messageFails(new IllegalArgumentException("no such meter"), handOver);
    messageFails(new IllegalArgumentException("no such meter"), handOver);
    Instant end = start.plus(Duration.ofMinutes(4));
    Gap gap = new Gap("METER-1", start, end, 3, Duration.ofMinutes(1), GapCause.FRAMES_LOST);
    told(new SubscriptionEvent.GapClosed(now(), gap));
    told(new SubscriptionEvent.GapClosed(now(), gap));
    time.advance(Repetitions.PERIOD);
    told(new SubscriptionEvent.Closed(now(), revoked()));
    SubscriptionLog other = log(SubscribeOptions.builder("nnn.acme").build());
    other.tell(new SubscriptionEvent.Closed(now(), null), SubscriptionState.CLOSED);

    Map<LogLine, RecordingLogger.Line> lines = new EnumMap<>(LogLine.class);
    for (RecordingLogger.Line line : logger.lines()) {
      lines.put(line(line), line); // The last of each kind.
    }
    return lines;
  }

  private static LogLine line(RecordingLogger.Line line) {
    return Arrays.stream(LogLine.values())
        .filter(each -> each.id().equals(line.fields().get("nhub.event")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyLine_isOnThePage_withItsLevelTextAndFields() throws IOException {
    Map<LogLine, RecordingLogger.Line> samples = samples();
    assertEquals(Set.of(LogLine.values()), samples.keySet());

    String page = Files.readString(PAGE);
    List<String> missing = new ArrayList<>();
    samples.forEach(
        (line, sample) -> {
          String heading = "### `" + line.id() + "`: " + sample.level() + "\n";
          String section = section(page, heading);
          if (!section.contains("```\n" + wrapped(sample.text()) + "\n```\n")) {
            missing.add(heading + wrapped(sample.text()));
          }
          if (!section.replaceAll("\\s+", " ").contains(fields(sample))) {
            missing.add(heading + fields(sample));
          }
          assertEquals(line.level(), sample.level());
        });
    assertEquals("", String.join("\n", missing));
  }

  private static String section(String page, String heading) {
    int from = page.indexOf(heading);
    if (from < 0) {
      return "";
    }
    int to = page.indexOf("\n#", from + heading.length());
    return page.substring(from, to < 0 ? page.length() : to);
  }

  private static String fields(RecordingLogger.Line sample) {
    Set<String> own = new LinkedHashSet<>(sample.fields().keySet());
    assertTrue(own.containsAll(OF_EVERY_LINE), sample::toString);
    own.removeAll(OF_EVERY_LINE);
    return own.isEmpty()
        ? "Fields: none of its own."
        : "Fields: "
            + own.stream().map(field -> "`" + field + "`").collect(Collectors.joining(", "))
            + ".";
  }

  @Test
  void everyEvent_hasALine_butForThoseThatAreNotNews() {
    samples();
    Set<Class<?>> events = new LinkedHashSet<>();
    events.addAll(Set.of(SubscriptionEvent.class.getPermittedSubclasses()));
    events.removeAll(told);
    assertEquals(
        Set.of(
            SubscriptionEvent.Connecting.class,
            SubscriptionEvent.EventsDropped.class,
            SubscriptionEvent.GapOpened.class,
            SubscriptionEvent.GapCorrected.class),
        events);
  }

  /** What classes other than the log of subscriptions write, from INFO up. */
  @Test
  void everyOtherLine_isOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> found = new TreeSet<>();
    for (Path sources : List.of(Path.of("src/main"), Path.of("../nhub-sdk-core/src/main"))) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          ELSEWHERE
              .matcher(Files.readString(file).replaceAll("(?m)^ \\*.*", ""))
              .results()
              .map(LogsDocumentTest::row)
              .forEach(found::add);
        }
      }
    }
    assertTrue(found.size() > 15, found::toString);
    assertEquals(
        "", found.stream().filter(row -> !page.contains(row)).collect(Collectors.joining("\n")));
  }

  private static String row(MatchResult call) {
    String text =
        Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"")
            .matcher(call.group(2))
            .results()
            .map(part -> part.group(1))
            .collect(Collectors.joining());
    return "| " + call.group(1).toUpperCase(Locale.ROOT) + " | " + text.replace("{}", "…") + " |";
  }
}
