package io.nnnco.nhub.cli;

import io.nnnco.nhub.NHubClient;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.stream.Subscription;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nhub forget}: the end of a durable session. */
@Command(
    name = "forget",
    sortOptions = false,
    description = {
      "Ends a durable session: the bridge discards its messages, and keeps no more.",
      "",
      "A tail, or another program, that is connected with this name loses its connection."
    })
final class ForgetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENTERPRISE", description = "The enterprise, such as nnn.acme.")
  private String enterprise = "";

  @Option(
      names = "--durable",
      required = true,
      paramLabel = "NAME",
      description = "The session's name, as it was given to \"tail --durable\".")
  private String durable = "";

  @Mixin private final ConnectionOptions bridge = new ConnectionOptions();

  @Override
  public Integer call() throws InterruptedException {
    FirstAttempt attempt = new FirstAttempt();
    SubscribeOptions options =
        Mistakes.told(
            () ->
                SubscribeOptions.builder(enterprise)
                    .durable(durable, ConnectionOptions.DURABLE_FOR)
                    .connectTimeout(bridge.timeout())
                    .listener(attempt)
                    .build());
    try (NHubClient client = bridge.client();
        Subscription session = client.subscribe(options, (message, delivery) -> {})) {
      boolean kept = attempt.await().sessionPresent();
      session.forget(Duration.ZERO);
      bridge
          .out()
          .println(kept ? "forgotten    " + durable : "Nothing was kept for " + durable + ".");
    }
    return ExitCode.SUCCESS.code();
  }
}
