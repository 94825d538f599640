package io.nnnco.nhub.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What OpenSSL says if a server rejects a certificate in the handshake: the words of the platform's
 * troubleshooting table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AlertContract {
  private @Nullable ContractServer server;

  abstract ContractServer start(Path folder);

  @BeforeAll
  void startServer(@TempDir Path folder) {
    server = start(folder);
  }

  @AfterAll
  void stopServer() {
    server().close();
  }

  private ContractServer server() {
    return requireNonNull(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  @Tag("M6")
  void handshake_revokedCertificate_getsAlert44(String version) {
    Access access = server().freshCertificate();
    server().revoke(access);

    assertAlert("certificate revoked", 44, access, version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  @Tag("M7")
  void handshake_expiredCertificate_getsAlert45(String version) {
    assertAlert("certificate expired", 45, server().expiredCertificate(), version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  @Tag("M3")
  void handshake_certificateThatIsNotYetValid_getsAlert42(String version) {
    assertAlert("bad certificate", 42, server().notYetValidCertificate(), version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  @Tag("M3")
  void handshake_foreignCertificate_getsAlert48(String version) {
    assertAlert("unknown ca", 48, server().foreignCertificate(), version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256"
      })
  @Tag("M1")
  void handshake_anySuiteOfTls13_isSpokenAndHasTheAlert(String suite) {
    Access access = server().freshCertificate();
    server().revoke(access);

    assertAlert("certificate revoked", 44, access, "-ciphersuites", suite);
  }

  private static void assertAlert(String words, int number, Access access, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ForeignTools.program("openssl"),
                "s_client",
                "-connect",
                "localhost:" + access.port(),
                "-CAfile",
                access.ca().toString(),
                "-cert",
                String.valueOf(access.certificate()),
                "-key",
                String.valueOf(access.key())));
    command.addAll(List.of(options));
    try (ForeignProcess openssl = ForeignProcess.start(command)) {
      String line = openssl.awaitLineWith("SSL alert number");

      assertTrue(line.contains("alert " + words) && line.endsWith(" " + number), line);
    }
  }
}
