package io.nnnco.nhub.cli;

import io.nnnco.nhub.testkit.DeviceSimulatorBuilder;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.Phenomenon;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The simulated devices of a fake. */
final class FakeDevicesOptions {
  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many devices; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int devices;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      defaultValue = "1/s",
      converter = Rate.Converter.class,
      description = "How many uplinks all devices send together. Default: ${DEFAULT-VALUE}.")
  private Rate rate = new Rate(1);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed for the devices and their readings. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--realistic",
      description =
          "Let all happen to the devices that happens in the field, as often as it does there: loss,"
              + " duplicates, late messages, silence, wrong clocks, odd values, and more.")
  private boolean realistic;

  @Option(
      names = "--with",
      paramLabel = "PHENOMENON=SHARE",
      split = ",",
      converter = {PhenomenonConverter.class, ShareConverter.class},
      description =
          "One of those, with its share, such as loss=0.1; 0 takes it out of --realistic. May be"
              + " repeated. docs/testing.md lists them.")
  private Map<Phenomenon, Double> phenomena = new LinkedHashMap<>();

  /** Reads {@code null-island} and {@code NULL_ISLAND}. */
  static final class PhenomenonConverter implements ITypeConverter<Phenomenon> {
    @Override
    public Phenomenon convert(String text) {
      return Arrays.stream(Phenomenon.values())
          .filter(phenomenon -> name(phenomenon).equalsIgnoreCase(text.replace('_', '-')))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no \""
                          + text
                          + "\"; there are: "
                          + Arrays.stream(Phenomenon.values())
                              .map(PhenomenonConverter::name)
                              .collect(Collectors.joining(", "))));
    }

    static String name(Phenomenon phenomenon) {
      return phenomenon.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Reads 0 to 1. */
  static final class ShareConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double share = Double.parseDouble(text);
        if (share >= 0 && share <= 1) {
          return share;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new TypeConversionException("\"" + text + "\" is not a share of 0 to 1, such as 0.05");
    }
  }

  /**
   * Checks what was chosen.
   *
   * @throws IllegalArgumentException if it is impossible
   */
  void check() {
    if (devices < 0) {
      throw new IllegalArgumentException("--devices must not be negative, but is " + devices + ".");
    }
  }

  /** Starts them, if there are any; the future completes when they have stopped. */
  CompletableFuture<Void> start(FakeNHub fake) {
    if (devices == 0) {
      return new CompletableFuture<>();
    }
    DeviceSimulatorBuilder simulator =
        fake.simulator().devices(devices).rate(rate.perSecond()).joins().seed(seed);
    if (realistic) {
      simulator.realistic();
    }
    phenomena.forEach(simulator::with);
    return simulator.start().ended();
  }
}
