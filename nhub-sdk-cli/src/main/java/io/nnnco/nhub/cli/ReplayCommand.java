package io.nnnco.nhub.cli;

import io.nnnco.nhub.codec.MalformedMessageException;
import io.nnnco.nhub.recording.RecordedMessage;
import io.nnnco.nhub.recording.Recording;
import io.nnnco.nhub.recording.ReplayTarget;
import io.nnnco.nhub.stream.DeliveredMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nhub replay}: a recording once more, for a person, a program or a client. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Replays a recording of \"nhub record\": the same bytes in the same order, at the same pace.",
      "",
      "It prints the messages as \"nhub tail\" does; or a fake N-Hub publishes them, once a client"
          + " has subscribed, and goes on until interrupted."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1x",
      converter = Speed.Converter.class,
      description = "How fast: 10x for ten times, or max. Default: ${DEFAULT-VALUE}.")
  private Speed speed = new Speed(1);

  @Option(names = "--device", paramLabel = "ID", description = "Only this device; may be repeated.")
  private List<String> devices = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = ReplayStart.Converter.class,
      description =
          "Begin with what arrived at this time, such as 2026-03-17T02:03:04Z, or that long after"
              + " the first message, such as 90s.")
  private @Nullable ReplayStart start;

  /** Where to. */
  enum Destination {
    /** The standard output. */
    stdout,
    /** A fake N-Hub. */
    fake
  }

  @Option(
      names = "--into",
      paramLabel = "TARGET",
      defaultValue = "stdout",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Destination into = Destination.stdout;

  @Option(
      names = "--json",
      description = "Print one JSON object per line: the platform's, and how it arrived.")
  private boolean json;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "With --into fake: the directory for its files, as of \"nhub fake\".")
  private @Nullable Path dir;

  @Option(
      names = "--api-port",
      paramLabel = "N",
      description = "With --into fake: the port of its REST API. Default: any free one.")
  private int apiPort;

  @Option(
      names = "--mqtt-port",
      paramLabel = "N",
      description = "With --into fake: the port of its MQTT bridge. Default: any free one.")
  private int mqttPort;

  @Override
  public Integer call() throws IOException {
    NHub nhub = NHub.of(commandSpec().commandLine());
    ProcessEnvironment process = nhub.process();
    Recording recording = recording(process.workingDirectory().resolve(file));
    Optional<Screen> screen = nhub.verbose() ? Optional.empty() : process.liveScreen();
    Display display =
        Display.of(
            screen,
            process,
            commandSpec().commandLine().getOut(),
            commandSpec().commandLine().getErr());
    Replay replay =
        new Replay(recording, display, screen.isPresent() ? process.ticker() : Ticker.NEVER);
    if (into == Destination.fake) {
      Path directory = dir == null ? null : process.workingDirectory().resolve(dir);
      return new ReplayFake(apiPort, mqttPort, directory).serve(recording, replay, display).code();
    }
    return print(replay, display).code();
  }

  private Recording recording(Path path) {
    Recording recording = Recording.open(path).speed(speed.factor());
    if (start != null) {
      recording = start.selected().apply(recording);
    }
    return devices.isEmpty() ? recording : recording.devices(devices.toArray(String[]::new));
  }

  /** Nobody reads the output any more. */
  private static final class OutputClosed extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private ExitCode print(Replay replay, Display display) throws IOException {
    Paint paint = new Paint(commandSpec().commandLine().getColorScheme().ansi().enabled());
    MessageLine lines = new MessageLine(paint);
    Printer printer =
        new Printer(json ? MessageJson::of : message -> lines.of(message.message()), display);
    ReplayTarget<IOException> target =
        message -> {
          if (!printer.take(decoded(message, display))) {
            throw new OutputClosed();
          }
        };
    Interruption interruption = new Interruption();
    try {
      replay.into(target);
      return ExitCode.SUCCESS;
    } catch (OutputClosed e) {
      return ExitCode.SUCCESS;
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED;
    } finally {
      interruption.close();
    }
  }

  private static DeliveredMessage decoded(RecordedMessage message, Display display) {
    try {
      return DeliveredMessage.of(message);
    } catch (MalformedMessageException e) {
      display.notice(
          "nhub: "
              + PlainText.oneLine(
                  "skipped a message on " + message.topic() + ": " + ErrorLine.textOf(e)));
      throw e;
    }
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("Not started by picocli.");
    }
    return spec;
  }
}
