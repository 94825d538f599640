package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.core.NHubException;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.recording.RecordingException;
import io.nnnco.nhub.recording.RecordingWriter;
import io.nnnco.nhub.recording.Redaction;
import io.nnnco.nhub.stream.FailurePolicy;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nhub record}: device messages into a file. */
@Command(
    name = "record",
    sortOptions = false,
    description = {
      "Writes device messages into a file as they arrive, until Ctrl-C. See \"nhub replay\".",
      "",
      "If the file is a recording already, it goes on at its end. A message is acknowledged after"
          + " the operating system has its line; each second, the lines are synced to the disk."
    })
final class RecordCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ENTERPRISE",
      description = "The enterprise, such as nnn.acme.")
  private String enterprise = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The file, such as fault.jsonl.")
  private Path file = Path.of("");

  @Option(names = "--device", paramLabel = "ID", description = "Only this device; may be repeated.")
  private List<String> devices = List.of();

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      converter = Choices.Kinds.class,
      completionCandidates = Choices.Kinds.class,
      description =
          "The kinds of messages: ${COMPLETION-CANDIDATES}. Default: all, unknown ones too.")
  private List<MessageKind> kinds = List.of();

  @Option(
      names = "--qos",
      paramLabel = "QOS",
      defaultValue = "1",
      converter = Choices.QosLevels.class,
      completionCandidates = Choices.QosLevels.class,
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Qos qos = Qos.AT_LEAST_ONCE;

  @Option(
      names = "--durable",
      paramLabel = "NAME",
      description =
          "Let the bridge keep messages for the next recording with this name, for 24 hours or"
              + " until \"nhub forget\".")
  private @Nullable String durable;

  @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
  private @Nullable Long count;

  @Option(
      names = "--redact",
      description =
          "Replace device ids and locations by keyed hashes. The key is kept nowhere, so the"
              + " recording cannot be continued.")
  private boolean redact;

  @Option(
      names = "--redact-key",
      paramLabel = "FILE",
      description =
          "The same, with the key in this file, which is created if there is none: for a recording"
              + " that goes on, or several that fit together.")
  private @Nullable Path redactKey;

  @Mixin private final ConnectionOptions bridge = new ConnectionOptions();

  @Override
  public Integer call() throws IOException {
    SubscribeOptionsBuilder options =
        Mistakes.told(() -> bridge.subscription(enterprise, devices, kinds, qos, durable));
    long limit = Mistakes.told(() -> Tail.limit(count));
    Optional<Screen> screen = bridge.verbose() ? Optional.empty() : bridge.process().liveScreen();
    Display display = Display.of(screen, bridge.process(), bridge.out(), bridge.err());
    Ticker ticker = bridge.process().ticker();
    try (NHubClient client = bridge.client();
        RecordingWriter recording = open(display)) {
      Recorder recorder = new Recorder(recording);
      options.failurePolicy(FailurePolicy.ofDefaults().thenHandOver(recorder));
      Tail tail = new Tail(recorder, limit, display, screen.isPresent() ? ticker : Ticker.NEVER);
      Ticker.Ticking syncing = ticker.everySecond(recording::sync);
      try {
        return tail.follow(client, options).code();
      } finally {
        syncing.close();
      }
    } catch (NHubException e) {
      throw e.getCause() instanceof RecordingException full ? full : e;
    }
  }

  private RecordingWriter open(Display display) {
    Path path = bridge.resolve(file);
    RecordingWriter recording =
        redactKey != null
            ? RecordingWriter.open(path, Redaction.withKeyFile(bridge.resolve(redactKey)))
            : redact
                ? RecordingWriter.open(path, Redaction.withRandomKey())
                : RecordingWriter.open(path);
    if (recording.removedBytes() > 0) {
      display.notice(
          "nhub: removed "
              + recording.removedBytes()
              + " bytes after the last whole line of "
              + file
              + ": a message that was cut off.");
    }
    return recording;
  }
}
