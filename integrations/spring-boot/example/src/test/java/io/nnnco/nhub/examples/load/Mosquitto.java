package io.nnnco.nhub.examples.load;

import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.identity.UsernamePassword;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Eclipse Mosquitto as a process: TLS, a user name and a password, sessions that persist. */
public final class Mosquitto implements AutoCloseable {
  public static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final String USER = "svc-acme";
  private static final String PASSWORD = "open sesame";
  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final Process process;
  private final Publisher publisher;
  private int port;

  /** Starts it in an empty directory. */
  public Mosquitto(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    CertificateAuthority authority = CertificateAuthority.create("Mosquitto CA");
    KeyedCertificate server = authority.issueServer();
    write("ca.crt", PemWriter.of(authority.certificate()));
    write("server.crt", PemWriter.of(server.certificate()));
    write("server.key", PemWriter.pkcs8(server.key()));
    write("acl", "user " + USER + "\ntopic readwrite v4/groups/nnn.acme.master/#\n");
    write("passwords", USER + ":" + PASSWORD + "\n");
    run("mosquitto_passwd", "-U", directory.resolve("passwords").toString());
    process = launch();
    publisher =
        new Publisher(
            UsernamePassword.load(USER, Secret.of(PASSWORD), directory.resolve("ca.crt"))
                .sslContext()
                .getSocketFactory()
                .createSocket("localhost", port),
            USER,
            PASSWORD);
  }

  /** Between the choice of a port and its use, another process may take it. */
  private Process launch() throws IOException {
    for (int attempt = 1; attempt <= 10; attempt++) {
      port = freePort();
      write("conf", configuration());
      Process launched =
          new ProcessBuilder(PROGRAM.toString(), "-c", directory.resolve("conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      while (launched.isAlive()) {
        if (listens(port)) {
          return launched;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
    throw new AssertionError("mosquitto does not start: " + log());
  }

  private String configuration() {
    return """
        user root
        persistence true
        persistence_location %1$s/
        max_queued_messages 0
        max_inflight_messages 0
        allow_anonymous false
        password_file %1$s/passwords
        acl_file %1$s/acl
        listener %2$d 127.0.0.1
        cafile %1$s/ca.crt
        certfile %1$s/server.crt
        keyfile %1$s/server.key
        """
        .formatted(directory, port);
  }

  /** Below the ports that the system gives out by itself. */
  private static int freePort() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What an application sets to connect to it. */
  public List<String> properties() {
    return List.of(
        "--nhub.api-url=https://localhost/api/v4/manage/",
        "--nhub.mqtt=localhost:" + port,
        "--nhub.environment=",
        "--nhub.credentials.directory=",
        "--nhub.credentials.username=" + USER,
        "--nhub.credentials.token=" + PASSWORD,
        "--nhub.credentials.ca=" + directory.resolve("ca.crt"));
  }

  /** Who may publish. */
  Publisher publisher() {
    return publisher;
  }

  /** Lets it respond to nobody, with all connections up, until {@link #thaw()}. */
  public void freeze() throws IOException, InterruptedException {
    run("kill", "-STOP", String.valueOf(process.pid()));
  }

  /** Lets it go on. */
  public void thaw() throws IOException, InterruptedException {
    run("kill", "-CONT", String.valueOf(process.pid()));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process running = new ProcessBuilder(command).start();
    if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || running.exitValue() != 0) {
      running.destroyForcibly();
      throw new AssertionError(command[0] + " has failed");
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  /** What it said, for the message of a failure. */
  public String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  @Override
  public void close() throws IOException {
    publisher.close();
    process.destroyForcibly().onExit().join();
  }
}
