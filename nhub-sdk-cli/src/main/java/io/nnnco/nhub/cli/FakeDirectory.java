package io.nnnco.nhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnnco.nhub.core.internal.OwnerOnly;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityException;
import io.nnnco.nhub.stream.SubscribeOptions;
import io.nnnco.nhub.testkit.FakeApiKey;
import io.nnnco.nhub.testkit.FakeControl;
import io.nnnco.nhub.testkit.FakeNHub;
import io.nnnco.nhub.testkit.FakeNHubBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What a client in another process needs to use a fake, as files and as lines to paste. */
final class FakeDirectory {
  private static final String JSON =
      """
      {
        "apiUrl": "%s",
        "mqttHost": "%s",
        "mqttPort": %d,
        "adminToken": "%s",
        "apiKeyId": "%s",
        "username": "%s",
        "apiToken": "%s",
        "enterprise": "%s"%s
      }
      """;

  private static final String CONTROL_JSON =
      """
      ,
        "controlUrl": "%s",
        "controlToken": "%s",
        "pageUrl": "%s"\
      """;

  private static final String LINES =
      """
      A fake N-Hub. Its files are in %1$s; Ctrl-C stops it.
      %12$s
      With nhub:
        nhub tail %4$s --fake %1$s
        nhub certs list --fake %1$s
      With the certificate:
        mosquitto_sub --cafile %1$s/ca.crt --cert %1$s/client.crt --key %1$s/client.key -h %2$s -p %3$d -t "%10$s" -v
      With user name and token:
        mosquitto_sub --cafile %1$s/ca.crt -u "%5$s" -P "%6$s" -h %2$s -p %3$d -t "%10$s" -v
      The management API:
        curl -X POST -H "Authorization: Bearer %7$s" -H "Content-Type: application/json" -d '{"username": "svc-mqtt-prod", "is_service_account": true}' %8$susers/
        curl -X POST -H "Authorization: Bearer %7$s" -H "Content-Type: application/json" -d '{"name": "Production MQTT Client", "api_key_id": "%9$s", "validity_hours": 8760}' %8$smqtt-certificates/
        curl -H "Authorization: Bearer %7$s" %8$smqtt-certificates/
        curl -X POST -H "Authorization: Bearer %7$s" %8$smqtt-certificates/<cert-id>/revoke/
      %11$s
      """;

  private static final String PAGE_LINE = "Look at it, and poke it: %3$s\n";

  private static final String CONTROL_LINES =
      """
      The control API:
        curl -H "Authorization: Bearer %2$s" -H "Content-Type: application/json" -d '{"deviceId": "ABC123"}' %1$s/messages
        curl -H "Authorization: Bearer %2$s" %1$s/fault-types
        curl %1$s/openapi.json
      """;

  private final Path directory;
  private final Optional<FakeControl> control;

  /** A directory for a fake without a control API. */
  FakeDirectory(Path directory) {
    this(directory, Optional.empty());
  }

  private FakeDirectory(Path directory, Optional<FakeControl> control) {
    this.directory = directory;
    this.control = control;
  }

  /** The same for a fake that may have a control API. */
  FakeDirectory with(Optional<FakeControl> served) {
    return new FakeDirectory(directory, served);
  }

  /** Makes sure that it can be written to. */
  void prove() {
    ClientIdentity.proveWritable(directory);
  }

  /**
   * Lets a fake go on with what an earlier one has left here: its CA, keys, certificates and tokens
   * by its state file, and its ports, where 0 is given.
   */
  FakeNHubBuilder goOn(FakeNHubBuilder builder, int apiPort, int mqttPort) {
    return builder
        .stateFile(directory.resolve("fake.state"))
        .apiPort(apiPort == 0 ? formerPort("apiUrl") : apiPort)
        .mqttPort(mqttPort == 0 ? formerPort("mqttPort") : mqttPort);
  }

  /** The port that a fake had here before, if it is free; else 0. */
  int formerPort(String field) {
    try {
      JsonNode value =
          new ObjectMapper().readTree(directory.resolve("fake.json").toFile()).path(field);
      int port = value.isTextual() ? URI.create(value.asText()).getPort() : value.asInt(-1);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      }
    } catch (IOException | IllegalArgumentException e) {
      return 0; // the first run here, or another program has it now
    }
  }

  /** Writes the identity, unless the one that is here is good, and fake.json. */
  void write(FakeNHub fake, String enterprise) throws IOException {
    if (!hasGoodIdentity(fake, enterprise)) {
      fake.identity(enterprise).save(directory);
    }
    FakeApiKey key = fake.apiKey(enterprise);
    String json =
        JSON.formatted(
            fake.environment().api(),
            fake.environment().mqttHost(),
            fake.environment().mqttPort(),
            fake.adminToken().reveal(),
            key.id(),
            key.username(),
            key.token().reveal(),
            enterprise,
            filled(CONTROL_JSON));
    Path file = Files.createTempFile(directory, "fake", ".json", OwnerOnly.file(directory));
    Files.writeString(file, json);
    Files.move(
        file,
        directory.resolve("fake.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private String filled(String controlText) {
    return control
        .map(api -> controlText.formatted(api.address(), api.token().reveal(), api.page()))
        .orElse("");
  }

  private boolean hasGoodIdentity(FakeNHub fake, String enterprise) {
    try {
      return fake.accepts(ClientIdentity.load(directory), enterprise);
    } catch (IdentityException e) {
      return false; // the first run here, or the files are damaged: new ones replace them
    }
  }

  String linesToPaste(FakeNHub fake, String enterprise) {
    FakeApiKey key = fake.apiKey(enterprise);
    return LINES.formatted(
        directory,
        fake.environment().mqttHost(),
        fake.environment().mqttPort(),
        enterprise,
        key.username(),
        key.token().reveal(),
        fake.adminToken().reveal(),
        fake.environment().api(),
        key.id(),
        SubscribeOptions.builder(enterprise).build().topicFilters().get(0),
        filled(CONTROL_LINES),
        filled(PAGE_LINE));
  }
}
