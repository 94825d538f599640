package io.nnnco.nhub.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.KeyedCertificate;
import io.nnnco.nhub.testkit.internal.platform.PemWriter;
import io.nnnco.nhub.testkit.internal.platform.RevocationList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The contract as mosquitto keeps it, with the fake's own kind of CA. It wants a port for each way
 * to authenticate, where the bridge has one for both.
 */
final class MosquittoServer implements ContractServer {
  private static final Duration YEAR = Duration.ofDays(365);

  /** Its log has other words for each way that a connection ends. */
  private static final String CONNECTION_ENDED =
      ".*(closed its connection|, disconnecting|disconnected).*";

  private final Path folder;
  private final CertificateAuthority authority = CertificateAuthority.create("Mosquitto CA");
  private final List<X509Certificate> revoked = new ArrayList<>();
  private final Map<Access, X509Certificate> issued = new HashMap<>();
  private final int certificatePort = freePort(15_000);
  private final int passwordPort = freePort(24_000);
  private final ForeignProcess process;

  MosquittoServer(Path folder) {
    this.folder = folder;
    KeyedCertificate server = authority.issueServer();
    write("ca.crt", PemWriter.of(authority.certificate()));
    write("server.crt", PemWriter.of(server.certificate()));
    write("server.key", PemWriter.pkcs8(server.key()));
    write("revoked.crl", RevocationList.pem(authority, revoked));
    MosquittoAccounts accounts = new MosquittoAccounts();
    accounts.enterprise(ACME);
    accounts.enterprise(BETA);
    accounts.add("inactive", ACME, false);
    write("accounts.json", accounts.json());
    write("mosquitto.conf", configuration());
    process =
        ForeignProcess.start(
            List.of(
                ForeignTools.program("mosquitto"),
                "-c",
                folder.resolve("mosquitto.conf").toString()));
    process.awaitLine(line -> line.endsWith(" running"));
  }

  private String configuration() {
    return """
        user root
        log_type all
        allow_anonymous false
        retain_available false
        plugin %1$s
        plugin_opt_config_file %2$s/accounts.json

        listener %3$d 127.0.0.1
        max_qos 1
        cafile %2$s/ca.crt
        certfile %2$s/server.crt
        keyfile %2$s/server.key
        crlfile %2$s/revoked.crl
        require_certificate true
        use_identity_as_username true

        listener %4$d 127.0.0.1
        max_qos 1
        certfile %2$s/server.crt
        keyfile %2$s/server.key
        """
        .formatted(dynamicSecurity(), folder, certificatePort, passwordPort);
  }

  private static Path dynamicSecurity() {
    try (Stream<Path> found = Files.find(Path.of("/usr/lib"), 2, MosquittoServer::isPlugin)) {
      return found.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPlugin(Path path, Object attributes) {
    return path.endsWith("mosquitto_dynamic_security.so");
  }

  /**
   * Below the ports that the system gives out by itself, or another test could be given this one
   * before mosquitto binds it.
   */
  private static int freePort(int from) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(from, from + 8_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken
      }
    }
  }

  private Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(requireNonNull(file.getParent()));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Access issue(CertificateAuthority issuer, String username, Instant from, Instant until) {
    KeyedCertificate keyed = issuer.issueClient(username, "N-Hub", from, until);
    String place = UUID.randomUUID() + "/";
    write(place + "ca.crt", PemWriter.of(authority.certificate()));
    write(place + "client.crt", PemWriter.of(keyed.certificate()));
    write(place + "client.key", PemWriter.sec1(keyed));
    Access access = Access.byCertificate(certificatePort, folder.resolve(place));
    issued.put(access, keyed.certificate());
    return access;
  }

  private Access issue(CertificateAuthority issuer, String username) {
    Instant now = Instant.now();
    return issue(issuer, username, now.minusSeconds(60), now.plus(YEAR));
  }

  private Access login(String username, String password) {
    return Access.byPassword(passwordPort, folder.resolve("ca.crt"), username, password);
  }

  @Override
  public Access certificate(String enterprise) {
    return issue(authority, enterprise);
  }

  @Override
  public Access token(String enterprise) {
    return login(enterprise, MosquittoAccounts.PASSWORD);
  }

  @Override
  public Access noCredentials() {
    return Access.withNothing(passwordPort, folder.resolve("ca.crt"));
  }

  @Override
  public Access wrongToken() {
    return login(ACME, "wrong");
  }

  @Override
  public Access inactiveKeyToken() {
    return login("inactive", MosquittoAccounts.PASSWORD);
  }

  @Override
  public Access inactiveKeyCertificate() {
    return issue(authority, "inactive");
  }

  @Override
  public Access foreignCertificate() {
    return issue(CertificateAuthority.create("Another CA"), ACME);
  }

  @Override
  public Access expiredCertificate() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return issue(authority, ACME, yesterday.minus(YEAR), yesterday);
  }

  @Override
  public Access notYetValidCertificate() {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    return issue(authority, ACME, tomorrow, tomorrow.plus(YEAR));
  }

  @Override
  public Access freshCertificate() {
    return issue(authority, ACME);
  }

  @Override
  public void revoke(Access certificate) {
    revoked.add(requireNonNull(issued.get(certificate)));
    write("revoked.crl", RevocationList.pem(authority, revoked));
    process.signal("HUP");
    process.awaitLineWith("Reloading config.");
  }

  @Override
  public void publish(String topic, String payload, int qos) {
    List<String> command = new ArrayList<>(List.of(ForeignTools.program("mosquitto_pub")));
    command.addAll(login(MosquittoAccounts.PLATFORM, MosquittoAccounts.PASSWORD).options());
    command.addAll(List.of("-V", "5", "-q", String.valueOf(qos), "-t", topic, "-m", payload));
    ForeignProcess.Finished published = ForeignProcess.run(command);
    if (published.exit() != 0) {
      throw new AssertionError(published.output());
    }
  }

  @Override
  public void awaitGone(String clientId) {
    process.awaitLine(line -> line.contains(clientId) && line.matches(CONNECTION_ENDED));
  }

  @Override
  public ServerResponses responses() {
    return ServerResponses.MOSQUITTO;
  }

  @Override
  public void close() {
    process.close();
  }
}
