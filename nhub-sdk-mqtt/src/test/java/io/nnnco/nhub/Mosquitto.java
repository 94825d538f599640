package io.nnnco.nhub;

import static io.nnnco.nhub.Eventually.SOON;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real broker: Eclipse Mosquitto as a process, with one port for client certificates and one for
 * passwords, each scoped to an enterprise as docs/bridge.md has it (M12).
 */
final class Mosquitto implements ScopedBroker, DurableBroker, IssuingBroker {
  static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  /** For the dynamic security plugin: an access list alone refuses no SUBSCRIBE. */
  private static final String SCOPE =
      """
      {"defaultACLAccess": {"publishClientSend": false, "publishClientReceive": false,
                            "subscribe": false, "unsubscribe": true},
       "clients": [{"username": "svc-acme", "roles": [{"rolename": "acme"}]}],
       "roles": [{"rolename": "acme", "acls": [
         {"acltype": "subscribePattern", "topic": "v4/groups/nnn.acme.master/#", "allow": true},
         {"acltype": "subscribePattern", "topic": "$share/+/v4/groups/nnn.acme.master/#",
          "allow": true},
         {"acltype": "publishClientSend", "topic": "v4/groups/nnn.acme.master/#", "allow": true},
         {"acltype": "publishClientReceive", "topic": "v4/groups/nnn.acme.master/#", "allow": true}
       ]}]}
      """;

  private final BrokerKeys keys;
  private final boolean scoped;
  private final Path directory;
  private int certificatePort;
  private int passwordPort;
  private Process process;
  private Publisher publisher;

  /** Starts it; it keeps sessions over a restart. */
  Mosquitto(Path directory) throws IOException, InterruptedException {
    this(directory, new BrokerKeys(), /* scoped= */ true);
  }

  /** Starts one that lets every certificate of this CA publish and subscribe to everything. */
  Mosquitto(Path directory, CertificateAuthority authority)
      throws IOException, InterruptedException {
    this(directory, new BrokerKeys(authority), /* scoped= */ false);
  }

  private Mosquitto(Path directory, BrokerKeys keys, boolean scoped)
      throws IOException, InterruptedException {
    this.keys = keys;
    this.scoped = scoped;
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError(PROGRAM + " is missing: apt-get install mosquitto");
    }
    this.directory = directory;
    keys.writePem(directory);
    write("acl", "user svc-acme\ntopic readwrite v4/groups/nnn.acme.master/#\n");
    write("passwords", "svc-acme:" + BrokerKeys.TOKEN + "\n");
    run("mosquitto_passwd", "-U", directory.resolve("passwords").toString());
    write("scope.json", SCOPE);
    process = launchOnFreePorts();
    publisher = new Publisher(certificatePort, certificate());
  }

  /** Between the choice of a port and its use, another process may take it: then it is another. */
  private Process launchOnFreePorts() throws IOException {
    for (int attempt = 1; attempt <= 10; attempt++) {
      certificatePort = LoopbackPort.free();
      passwordPort = LoopbackPort.free();
      write("conf", configuration());
      Process launched = launch();
      if (listens(launched)) {
        return launched;
      }
    }
    throw new AssertionError("mosquitto does not start, see " + log());
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(PROGRAM.toString(), "-c", directory.resolve("conf").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  /**
   * Has it write its sessions to disk, ends it without a warning, and starts it on the same ports.
   */
  void killAndRestart() throws IOException, InterruptedException {
    Path database = directory.resolve("mosquitto.db");
    Files.deleteIfExists(database);
    run("kill", "-USR1", String.valueOf(process.pid()));
    Eventually.isTrue("saved", () -> Files.exists(database));
    publisher.close();
    process.destroyForcibly().waitFor();
    launchAgain();
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    stop();
    launchAgain();
  }

  private void launchAgain() throws IOException {
    process = launch();
    assertTrue(listens(process), () -> "mosquitto listens again, see " + log());
    publisher = new Publisher(certificatePort, certificate());
  }

  private static Path scopePlugin() {
    try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
      return directories
          .map(directory -> directory.resolve("mosquitto_dynamic_security.so"))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new AssertionError("mosquitto_dynamic_security.so is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int certificatePort() {
    return certificatePort;
  }

  @Override
  public int passwordPort() {
    return passwordPort;
  }

  private String configuration() {
    String tls =
        "cafile %1$s/ca.crt%ncertfile %1$s/server.crt%nkeyfile %1$s/server.key%n"
            .formatted(directory);
    String scope =
        "plugin %s%nplugin_opt_config_file %s/scope.json%n".formatted(scopePlugin(), directory);
    return "per_listener_settings true%nuser root%nmax_queued_messages 0%npersistence true%n"
            .formatted()
        + "log_type error%nlog_type warning%nlog_type notice%nlog_type subscribe%n".formatted()
        + "persistence_location %s/%n".formatted(directory)
        + "listener %d 127.0.0.1%n".formatted(certificatePort)
        + tls
        + "require_certificate true%nuse_identity_as_username true%n".formatted()
        + (scoped ? scope : "")
        + "listener %d 127.0.0.1%n".formatted(passwordPort)
        + tls
        + "password_file %1$s/passwords%nacl_file %1$s/acl%n".formatted(directory);
  }

  @Override
  public Credentials certificate() {
    return keys.certificate();
  }

  @Override
  public ClientIdentity fresh() {
    return keys.fresh();
  }

  Credentials foreignCertificate() {
    return keys.foreignCertificate();
  }

  @Override
  public Credentials password(boolean right) {
    return keys.password(right);
  }

  /** Version 2.0 only hangs up. */
  @Override
  public boolean tellsOfTakeOver() {
    return false;
  }

  @Override
  public void publish(String topic, String payload) {
    publisher.publish(topic, payload);
  }

  /** By another program, {@code mosquitto_pub}, with MQTT 5 and QoS 1; names and values in turn. */
  void publishWith(String topic, String payload, String... userProperties)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mosquitto_pub", "-V", "5", "-q", "1"));
    command.addAll(List.of("-h", "localhost", "-p", String.valueOf(passwordPort)));
    command.addAll(List.of("--cafile", directory.resolve("ca.crt").toString()));
    command.addAll(List.of("-u", "svc-acme", "-P", BrokerKeys.TOKEN, "-t", topic, "-m", payload));
    for (int i = 0; i < userProperties.length; i += 2) {
      command.addAll(List.of("-D", "publish", "user-property"));
      command.addAll(List.of(userProperties[i], userProperties[i + 1]));
    }
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    await(new ProcessBuilder(command).start(), command[0]);
  }

  private static void await(Process process, String name) throws InterruptedException {
    if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(name + " has failed");
    }
  }

  /** Whether it comes to listen on both ports; else it has ended. */
  private boolean listens(Process launched) {
    Eventually.isTrue(
        () -> "mosquitto listens, see " + log(),
        () ->
            !launched.isAlive()
                || (LoopbackPort.listens(certificatePort) && LoopbackPort.listens(passwordPort)));
    return launched.isAlive();
  }

  /** What it has done so far: who has connected with which certificate, and who has subscribed. */
  List<String> history() {
    try {
      return Files.readAllLines(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return directory.resolve("log");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    publisher.close();
    process.destroy();
    if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
