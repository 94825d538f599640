package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.message.MessageKind;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nhub tail}: device messages as they arrive. */
@Command(
    name = "tail",
    sortOptions = false,
    description = {
      "Prints device messages as they arrive, until Ctrl-C.",
      "",
      "The first connection is tried once; if a connection breaks later, the command reconnects."
          + " Messages go to the standard output, everything else to the standard error. A message is"
          + " acknowledged after it is printed."
    })
final class TailCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENTERPRISE", description = "The enterprise, such as nnn.acme.")
  private String enterprise = "";

  @Option(names = "--device", paramLabel = "ID", description = "Only this device; may be repeated.")
  private List<String> devices = List.of();

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      defaultValue = "uplinks",
      converter = Choices.Kinds.class,
      completionCandidates = Choices.Kinds.class,
      description = "The kinds of messages: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private List<MessageKind> kinds = List.of(MessageKind.UPLINK);

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
          "Let the bridge keep messages for the next tail with this name, for 24 hours or until"
              + " \"nhub forget\". Run only one tail with a name at a time.")
  private @Nullable String durable;

  @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
  private @Nullable Long count;

  @Option(
      names = "--json",
      description = "Print one JSON object per line: the platform's, and how it arrived.")
  private boolean json;

  @Option(
      names = "--stats",
      description =
          "Show rate, lag and window on the standard error: on a terminal in a last line, otherwise"
              + " in a line every 5 seconds.")
  private boolean stats;

  @Option(
      names = "--gaps",
      description =
          "Also say which devices have lost messages, when, and why, once their cadence is known:"
              + " on the standard error, or with --json as objects with the field \"gap\".")
  private boolean gaps;

  @Mixin private final ConnectionOptions bridge = new ConnectionOptions();

  @Override
  public Integer call() throws IOException {
    SubscribeOptionsBuilder options =
        Mistakes.told(() -> bridge.subscription(enterprise, devices, kinds, qos, durable));
    long limit = Mistakes.told(() -> Tail.limit(count));
    MessageLine lines = new MessageLine(bridge.paint());
    Display display = display();
    Tail tail =
        new Tail(
            new Printer(
                json ? MessageJson::of : delivered -> lines.of(delivered.message()), display),
            limit,
            display,
            stats ? bridge.process().ticker() : Ticker.NEVER,
            gaps ? new GapNotices(display, json) : null);
    try (NHubClient client = bridge.client()) {
      return tail.follow(client, options).code();
    }
  }

  /** With logs on the same terminal, a status cannot be live: they would be written into it. */
  private Display display() {
    ProcessEnvironment process = bridge.process();
    Optional<Screen> screen = stats && !bridge.verbose() ? process.liveScreen() : Optional.empty();
    return Display.of(screen, process, bridge.out(), bridge.err());
  }
}
