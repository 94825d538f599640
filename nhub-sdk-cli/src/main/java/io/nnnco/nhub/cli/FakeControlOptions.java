package io.nnnco.nhub.cli;

import io.nnnco.nhub.testkit.FakeControl;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import io.nnnco.nhub.testkit.VirtualClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a fake can be controlled while it runs. */
final class FakeControlOptions {
  @Option(
      names = "--control-port",
      paramLabel = "N",
      description = "Port of the control API. Default: any free one.")
  private int port;

  @Option(names = "--no-control", description = "Do not serve the control API.")
  private boolean none;

  @Option(
      names = "--clock",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "A clock that starts at this time, now or such as 2026-01-01T00:00:00Z, and moves only"
              + " when the control API advances it. Default: the system's clock.")
  private @Nullable Instant clock;

  /** Reads {@code now} and {@code 2026-01-01T00:00:00Z}. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.equals("now") ? Instant.now() : Instant.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "\"" + text + "\" is not a time: now, or such as 2026-01-01T00:00:00Z");
      }
    }
  }

  /**
   * Sets what was chosen.
   *
   * @param directory where an earlier fake may have left its port, which is kept
   * @throws IllegalArgumentException if the options do not go together
   */
  void configure(FakeNHubBuilder builder, FakeDirectory directory) {
    if (none && (port != 0 || clock != null)) {
      throw new IllegalArgumentException(
          "--control-port and --clock need the control API; leave out --no-control.");
    }
    if (!none) {
      builder.control(port == 0 ? directory.formerPort("controlUrl") : port);
    }
    if (clock != null) {
      builder.clock(VirtualClock.at(clock));
    }
  }

  /** The control API of a fake that was started with these options. */
  Optional<FakeControl> of(FakeNHub fake) {
    return none ? Optional.empty() : Optional.of(fake.control());
  }
}
