package io.nnnco.nhub;

import static io.nnnco.nhub.testkit.FakeNHub.DEFAULT_ENTERPRISE;

import io.nnnco.nhub.core.NHubEnvironment;
import io.nnnco.nhub.core.Secret;
import io.nnnco.nhub.management.CertificateSpec;
import io.nnnco.nhub.management.Management;
import io.nnnco.nhub.testkit.RequestRecord;
import io.nnnco.nhub.testkit.internal.api.ApiOptions;
import io.nnnco.nhub.testkit.internal.api.ManagementApi;
import io.nnnco.nhub.testkit.internal.api.ManagementServer;
import io.nnnco.nhub.testkit.internal.api.Tokens;
import io.nnnco.nhub.testkit.internal.platform.Certificate;
import io.nnnco.nhub.testkit.internal.platform.CertificateAuthority;
import io.nnnco.nhub.testkit.internal.platform.Platform;
import io.nnnco.nhub.testkit.internal.platform.PrivateKeyForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The fake's management API and its CA, without the fake's bridge: a real broker that trusts the CA
 * is the bridge. Certificates have the machine's time, as the broker has.
 */
final class IssuingPlatform implements AutoCloseable {
  private static final String TOKEN = "admin";

  private final CertificateAuthority authority = CertificateAuthority.create("N-Hub fake CA");
  private final Platform platform = new Platform(authority, InstantSource.system());
  private final ManagementServer server;

  /**
   * Listens; the journal gets each request once it has had its effect, before the response is sent.
   */
  IssuingPlatform(Consumer<RequestRecord> journal) throws IOException {
    Tokens tokens = new Tokens(platform);
    tokens.addAdmin(TOKEN, DEFAULT_ENTERPRISE);
    ApiOptions options =
        new ApiOptions(DEFAULT_ENTERPRISE, 100, /* bareLists= */ false, PrivateKeyForm.SEC1);
    server = ManagementServer.listen(InetAddress.getLoopbackAddress(), "localhost", 0, null);
    server.serve(new ManagementApi(platform, tokens, options), InstantSource.system(), journal);
  }

  CertificateAuthority authority() {
    return authority;
  }

  /** Its API, and a broker of the test as its bridge. */
  NHubEnvironment environment(Broker bridge) {
    return NHubEnvironment.at(URI.create(server.address()), "localhost", bridge.certificatePort());
  }

  Management management(Broker bridge) {
    return Management.builder(environment(bridge)).token(Secret.of(TOKEN)).build();
  }

  /** For a new API key. */
  CertificateSpec spec(Duration validity) {
    String key =
        platform
            .createKey("renewal", DEFAULT_ENTERPRISE, /* serviceAccount= */ true)
            .orElseThrow()
            .id();
    return CertificateSpec.of("Renewal", key).withValidity(validity);
  }

  /** All that it has issued, oldest first. */
  List<Certificate> issued() {
    return platform.certificates();
  }

  @Override
  public void close() {
    server.close();
  }
}
