package io.nnnco.nhub;

import static io.nnnco.nhub.DoctorScene.bridgeAt;
import static io.nnnco.nhub.DoctorScene.client;
import static io.nnnco.nhub.DoctorScene.diagnose;
import static io.nnnco.nhub.DoctorScene.scene;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nnnco.nhub.core.ProxyServer;
import io.nnnco.nhub.core.ProxyServer.Kind;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.diagnosis.Diagnosis;
import io.nnnco.nhub.diagnosis.FindingCode;
import io.nnnco.nhub.docs.ClosedPort;
import io.nnnco.nhub.testkit.FakeNHub;
import java.util.List;

/** Faults of DNS, TCP and proxies. */
final class DoctorNetworkScenes {
  private DoctorNetworkScenes() {}

  static List<DoctorScene> all() {
    return List.of(
        scene(
            "environment's name misspelt",
            FindingCode.DNS_UNKNOWN_HOST,
            fake -> at(fake, "no-such-host.invalid", 8883)),
        scene(
            "dead port",
            FindingCode.TCP_REFUSED,
            fake -> at(fake, "localhost", ClosedPort.number())),
        scene(
            "black hole",
            FindingCode.TCP_TIMEOUT,
            fake -> {
              try (BlackHole hole = new BlackHole()) {
                return at(fake, "127.0.0.1", hole.port());
              }
            }),
        scene(
            "proxy's name misspelt",
            FindingCode.DNS_UNKNOWN_PROXY,
            fake -> through(fake, ProxyServer.http("no-such-proxy.invalid", 3128))),
        scene(
            "dead proxy",
            FindingCode.TCP_PROXY_REFUSED,
            fake -> through(fake, ProxyServer.http("localhost", ClosedPort.number()))),
        scene(
            "proxy behind a firewall",
            FindingCode.TCP_PROXY_TIMEOUT,
            fake -> {
              try (BlackHole hole = new BlackHole()) {
                return through(fake, ProxyServer.http("127.0.0.1", hole.port()));
              }
            }),
        saying(FindingCode.PROXY_LOGIN, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
        saying(FindingCode.PROXY_REFUSED, "HTTP/1.1 403 Forbidden\r\n\r\n"),
        saying(FindingCode.PROXY_TUNNEL, "HTTP/1.1 502 Bad Gateway\r\n\r\n"),
        saying(FindingCode.PROXY_PROTOCOL, "SSH-2.0-OpenSSH_9.6\r\n"),
        saying(FindingCode.PROXY_TIMEOUT, ""));
  }

  private static Diagnosis at(FakeNHub fake, String host, int port) {
    return diagnose(NHubClient.builder(bridgeAt(fake, host, port)).credentials(fake.identity()));
  }

  private static Diagnosis through(FakeNHub fake, ProxyServer proxy) {
    return diagnose(client(fake).proxy(proxy.withLogin("svc", Secret.of(DoctorScene.CANARY))));
  }

  private static DoctorScene saying(FindingCode expected, String said) {
    return scene(
        "proxy that says: " + said.strip(),
        expected,
        fake -> {
          try (TestProxy proxy = TestProxy.saying(Kind.HTTP, said.getBytes(ISO_8859_1))) {
            return through(fake, proxy.address());
          }
        });
  }
}
