package io.nnnco.nhub.stream.internal.transport;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.Credentials;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real broker: Eclipse Mosquitto as a process, with one port for client certificates and one for
 * passwords, each scoped to an enterprise as rule M12 has it.
 */
public final class Mosquitto {
  static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final String TOKEN = "open sesame";

  /** For the dynamic security plugin: an access list alone refuses no SUBSCRIBE. */
  private static final String SCOPE =
      """
      {"defaultACLAccess": {"publishClientSend": false, "publishClientReceive": false,
                            "subscribe": false, "unsubscribe": true},
       "clients": [{"username": "svc-acme", "roles": [{"rolename": "acme"}]}],
       "roles": [{"rolename": "acme", "acls": [
         {"acltype": "subscribePattern", "topic": "v4/groups/nnn.acme.master/#", "allow": true},
         {"acltype": "publishClientSend", "topic": "v4/groups/nnn.acme.master/#", "allow": true},
         {"acltype": "publishClientReceive", "topic": "v4/groups/nnn.acme.master/#", "allow": true}
       ]}]}
      """;

  private final CertificateAuthority authority = CertificateAuthority.create("Mosquitto CA");
  private final KeyedCertificate client =
      authority.issueClient(
          "svc-acme", "test", Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600));
  private final Path directory;
  final int certificatePort = freePort();
  final int passwordPort = freePort();
  private final boolean persistent;
  private Process process;

  Mosquitto(Path directory) throws IOException, InterruptedException {
    this(directory, false);
  }

  /**
   * Starts it.
   *
   * @param persistent whether it keeps sessions over a restart
   */
  public Mosquitto(Path directory, boolean persistent) throws IOException, InterruptedException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError(
          PROGRAM + " is missing: apt-get install mosquitto mosquitto-clients");
    }
    this.directory = directory;
    this.persistent = persistent;
    KeyedCertificate server = authority.issueServer();
    write("ca.crt", caPem());
    write("server.crt", pem("CERTIFICATE", encoded(server)));
    write("server.key", pem("PRIVATE KEY", server.key().getEncoded()));
    write("client.crt", pem("CERTIFICATE", encoded(client)));
    write("client.key", pem("PRIVATE KEY", client.key().getEncoded()));
    write("acl", "user svc-acme\ntopic readwrite v4/groups/nnn.acme.master/#\n");
    write("passwords", "svc-acme:" + TOKEN + "\n");
    run("mosquitto_passwd", "-U", directory.resolve("passwords").toString());
    write("scope.json", SCOPE);
    write("conf", configuration());
    process = launch();
    awaitListening();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(PROGRAM.toString(), "-c", directory.resolve("conf").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  /**
   * Has it write its sessions to disk, ends it without a warning, and starts it on the same ports.
   */
  public void killAndRestart() throws IOException, InterruptedException {
    Path database = directory.resolve("mosquitto.db");
    Files.deleteIfExists(database);
    run("kill", "-USR1", String.valueOf(process.pid()));
    TransportFixture.eventually(() -> Files.exists(database), () -> "not saved: " + log());
    process.destroyForcibly().waitFor();
    process = launch();
    awaitListening();
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

  /** Where clients with a certificate connect. */
  public int certificatePort() {
    return certificatePort;
  }

  /** Where clients with a username and token connect. */
  public int passwordPort() {
    return passwordPort;
  }

  private String configuration() {
    String tls =
        "cafile %1$s/ca.crt%ncertfile %1$s/server.crt%nkeyfile %1$s/server.key%n"
            .formatted(directory);
    return "per_listener_settings true%nuser root%nmax_queued_messages 0%npersistence %s%n"
            .formatted(persistent)
        + "persistence_location %s/%n".formatted(directory)
        + "listener %d 127.0.0.1%n".formatted(certificatePort)
        + tls
        + "require_certificate true%nuse_identity_as_username true%n".formatted()
        + "plugin %s%nplugin_opt_config_file %s/scope.json%n".formatted(scopePlugin(), directory)
        + "listener %d 127.0.0.1%n".formatted(passwordPort)
        + tls
        + "password_file %1$s/passwords%nacl_file %1$s/acl%n".formatted(directory);
  }

  public Credentials certificate() {
    return ClientIdentity.fromPem(
        pem("CERTIFICATE", encoded(client)),
        pem("PRIVATE KEY", client.key().getEncoded()),
        caPem());
  }

  public Credentials password(boolean right) {
    return UsernamePassword.of("svc-acme", Secret.of(right ? TOKEN : "close sesame"), caPem());
  }

  /** Publishes so many lines, each a message of QoS 1. */
  public void publish(String topic, List<String> messages)
      throws IOException, InterruptedException {
    Path lines = directory.resolve("lines");
    Files.write(lines, messages, StandardCharsets.UTF_8);
    Process publisher =
        new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "localhost",
                "-p",
                String.valueOf(certificatePort),
                "--cafile",
                directory.resolve("ca.crt").toString(),
                "--cert",
                directory.resolve("client.crt").toString(),
                "--key",
                directory.resolve("client.key").toString(),
                "-q",
                "1",
                "-t",
                topic,
                "-l")
            .redirectInput(lines.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("pub.log").toFile())
            .start();
    await(publisher, "mosquitto_pub");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    await(new ProcessBuilder(command).start(), command[0]);
  }

  private static void await(Process process, String name) throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(name + " has failed");
    }
  }

  private void awaitListening() {
    TransportFixture.eventually(
        () -> process.isAlive() && listens(certificatePort) && listens(passwordPort),
        () -> "mosquitto: " + log());
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private String caPem() {
    try {
      return pem("CERTIFICATE", authority.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(KeyedCertificate keyed) {
    try {
      return keyed.certificate().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }

  /**
   * Below the ports that the system gives out by itself, or another test could be given this one
   * before Mosquitto binds it.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
  }

  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
