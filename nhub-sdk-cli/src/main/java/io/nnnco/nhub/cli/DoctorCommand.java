package io.nnnco.nhub.cli;

import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.DiagnosisOptions;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.SubscribeOptionsBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nhub doctor}: why no messages arrive. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Finds out why no messages arrive, or that all is well.",
      "",
      "Goes the way of a connection, from this machine's clock to a message, and says what it saw at"
          + " each step. It disturbs no subscriber and changes nothing. With a management token,"
          + " NHUB_TOKEN, it also sees what the platform knows about the certificate."
    })
final class DoctorCommand implements Callable<Integer> {
  /** In which the way up to a SUBACK fits, and the whole run into 10 seconds. */
  private static final Duration TIMEOUT = Duration.ofSeconds(7);

  @Parameters(paramLabel = "ENTERPRISE", description = "The enterprise, such as nnn.acme.")
  private String enterprise = "";

  @Option(names = "--device", paramLabel = "ID", description = "Only this device; may be repeated.")
  private List<String> devices = List.of();

  @Option(
      names = "--api-key",
      paramLabel = "ID",
      description = "The id of the API key to which the certificate should belong.")
  private @Nullable String apiKey;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How long to wait for a message, at most 5m. Default: ${DEFAULT-VALUE}.")
  private Duration wait = Duration.ofSeconds(2);

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "Also write a file for a support ticket, without secrets: versions, settings, findings.")
  private @Nullable Path bundle;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Your program's log; its last lines go into the bundle, without secrets.")
  private @Nullable Path log;

  @Mixin private final DoctorOptions platform = new DoctorOptions();

  @Override
  public Integer call() throws IOException {
    DiagnosisOptions options = Mistakes.told(this::options);
    Target target = platform.target();
    Diagnosis diagnosis = platform.diagnose(target, options);
    if (json) {
      platform.out().println(DoctorJson.of(diagnosis));
    } else {
      new DoctorText(platform.paint()).print(diagnosis, platform.out());
    }
    if (bundle != null) {
      Path lines = log == null ? null : platform.resolve(log);
      new SupportBundle(target, lines).write(diagnosis, platform.resolve(bundle));
      platform
          .err()
          .println("nhub: wrote " + bundle + ", without secrets; look through it all the same.");
    }
    return ExitCode.of(diagnosis).code();
  }

  private DiagnosisOptions options() {
    if (log != null && bundle == null) {
      throw new IllegalArgumentException("--log is for --bundle: give that, too.");
    }
    SubscribeOptionsBuilder subscription = SubscribeOptions.builder(enterprise);
    if (!devices.isEmpty()) {
      subscription.devices(devices.toArray(String[]::new));
    }
    DiagnosisOptions options =
        DiagnosisOptions.of(subscription.build())
            .withTimeout(platform.timeout(TIMEOUT))
            .withMessageWait(wait);
    return apiKey == null ? options : options.withApiKey(apiKey);
  }
}
