package io.nnnco.nhub.cli;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.ApiKeySpec;
import io.nnnco.nhub.management.Management;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nhub keys}: the API keys that certificates and passwords belong to. */
@Command(name = "keys", description = "API keys (service accounts).")
final class KeysCommand {
  @Command(
      name = "create",
      description = {
        "Creates an API key.",
        "",
        "Its token is the password for the MQTT bridge, and is shown only once. Needs a management"
            + " token, NHUB_TOKEN."
      })
  int create(
      @Parameters(paramLabel = "USERNAME", description = "Its user name, such as svc-mqtt-prod.")
          String username,
      @Option(names = "--json", description = "Print a JSON object.") boolean json,
      @Mixin ManagementOptions api)
      throws IOException {
    ApiKeySpec spec = Mistakes.told(() -> ApiKeySpec.of(username));
    try (Management management = api.management()) {
      ApiKey key = management.apiKeys().create(spec);
      Secret token = key.token();
      if (json) {
        api.out().println(json(key));
      } else {
        api.out().println("API key   " + PlainText.of(key.id()));
        api.out().println("username  " + PlainText.of(key.username()));
        api.out().println("token     " + (token == null ? "none was sent" : token.reveal()));
      }
      if (api.out().checkError()) {
        throw new CommandFailure(
            ExitCode.FILES,
            "The API key "
                + key.id()
                + " exists now, but its token could not be written to the standard output, and it"
                + " is not shown again. Create another key.");
      }
      if (token != null) {
        api.err().println("nhub: the token is not shown again; keep it in a safe place.");
      }
    }
    return ExitCode.SUCCESS.code();
  }

  private static String json(ApiKey key) throws IOException {
    Secret token = key.token();
    return new JsonLine()
        .with("id", key.id())
        .with("username", key.username())
        .with("token", token == null ? null : token.reveal())
        .end();
  }
}
