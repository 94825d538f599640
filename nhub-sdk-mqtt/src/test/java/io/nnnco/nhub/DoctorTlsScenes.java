package io.nnnco.nhub;

import static io.nnnco.nhub.DoctorScene.bridgeAt;
import static io.nnnco.nhub.DoctorScene.diagnose;
import static io.nnnco.nhub.DoctorScene.scene;

import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.testkit.BridgeFault.ServerCertificate;
import io.nnnco.nhub.testkit.BridgeFault.WrongServerCertificate;
import java.util.List;

/** Servers that do not shake hands, or are not to be trusted. */
final class DoctorTlsScenes {
  private DoctorTlsScenes() {}

  static List<DoctorScene> all() {
    return List.of(
        plain("server that never shakes hands", FindingCode.TLS_TIMEOUT, PlainServer::mute),
        plain(
            "web server without TLS",
            FindingCode.TLS_HTTP,
            () -> PlainServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")),
        plain(
            "SSH at the port",
            FindingCode.TLS_NOT_TLS,
            () -> PlainServer.saying("SSH-2.0-OpenSSH_9.6\r\n")),
        plain("MQTT without TLS, which hangs up", FindingCode.TLS_CLOSED, PlainServer::hangingUp),
        openssl("TLS 1.1 only", FindingCode.TLS_OLD_PROTOCOL, "-tls1_1"),
        openssl(
            "no common cipher",
            FindingCode.TLS_NO_COMMON_CIPHER,
            "-tls1_2",
            "-cipher",
            "ECDHE-ECDSA-AES256-CCM8"),
        certificate(ServerCertificate.OTHER_CA, FindingCode.TLS_UNTRUSTED_ISSUER),
        certificate(ServerCertificate.SELF_SIGNED, FindingCode.TLS_SELF_SIGNED),
        certificate(ServerCertificate.WRONG_NAME, FindingCode.TLS_WRONG_HOST),
        certificate(ServerCertificate.EXPIRED, FindingCode.TLS_EXPIRED));
  }

  private static DoctorScene certificate(ServerCertificate kind, FindingCode expected) {
    return scene("server certificate " + kind, expected, new WrongServerCertificate(kind));
  }

  /** Starts a server. */
  @FunctionalInterface
  private interface Start {
    PlainServer server() throws Exception;
  }

  private static DoctorScene plain(String fault, FindingCode expected, Start start) {
    return scene(
        fault,
        expected,
        fake -> {
          try (PlainServer server = start.server()) {
            return diagnose(
                NHubClient.builder(bridgeAt(fake, "localhost", server.port()))
                    .credentials(fake.identity()));
          }
        });
  }

  private static DoctorScene openssl(String fault, FindingCode expected, String... options) {
    return scene(
        fault,
        expected,
        fake -> {
          try (OpenSslServer server = new OpenSslServer(options)) {
            return diagnose(
                NHubClient.builder(bridgeAt(fake, "localhost", server.port()))
                    .credentials(server.password()));
          }
        });
  }
}
