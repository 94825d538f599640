package io.nnnco.nhub.examples.cli;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.ApiKey;
import io.nnnco.nhub.management.ApiKeySpec;
import io.nnnco.nhub.management.Management;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nhub keys}: the API keys that certificates and passwords belong to. */
@Command(name = "keys", description = "API keys (service accounts).")
final class KeysCommand {
  @Command(
      name = "create",
      description = {
        "Creates an API key.",
        "",
        "Its token is the password for the MQTT bridge, and is shown this once. Needs a management"
            + " token, NHUB_TOKEN."
      })
  int create(
      @Parameters(
              paramLabel = "USERNAME",
              description = "What it will be known by, such as svc-mqtt-prod.")
          String username,
      @Mixin ApiOptions api) {
    ApiKeySpec spec = Mistakes.told(() -> ApiKeySpec.of(username));
    try (Management management = api.management()) {
      ApiKey key = management.apiKeys().create(spec);
      Secret token = key.token();
      PrintWriter out = api.out();
      out.println("API key   " + PlainText.of(key.id()));
      out.println("username  " + PlainText.of(key.username()));
      out.println("token     " + (token == null ? "none was sent" : token.reveal()));
      if (token != null) {
        api.err().println("nhub: the token is not shown again; keep it in a safe place.");
      }
    }
    return ExitCode.SUCCESS.code();
  }
}
