package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nnnco.nhub.identity.ClientIdentity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are issued to a directory, by a platform that loses answers. */
abstract class ProvisioningFixture {
  static final String NAME = "Production";
  static final String KEY = "7d0a";
  static final CertificateSpec SPEC = CertificateSpec.of(NAME, KEY);
  static final int WHOLE_HEAD_ONLY = LossyPlatform.headLength(2_000);

  final Path temporary;

  final LossyPlatform platform = new LossyPlatform();
  final VirtualTime time = new VirtualTime();
  final Management management =
      Management.builder(platform.environment())
          .token(MockApi.TOKEN)
          .clock(time)
          .timing(time, () -> 1.0)
          .build();
  final Certificates certificates = management.certificates();

  ProvisioningFixture(@TempDir(factory = InMemory.class) Path temporary) {
    this.temporary = temporary;
  }

  @AfterEach
  final void close() {
    management.close();
    platform.close();
  }

  final Path directory() {
    return temporary.resolve("certs");
  }

  final Path intent() {
    return directory().resolve(".issue-intent");
  }

  final void loseAResponse() {
    platform.cutNextIssueAfter(WHOLE_HEAD_ONLY);
    assertThrows(UnfinishedIssueException.class, () -> certificates.issueTo(directory(), SPEC));
  }

  /** Of this name and key, one certificate lives, and the directory has it with its key. */
  final void assertExactlyOneLives(Path directory) {
    List<LossyPlatform.Entry> active = platform.active();
    assertEquals(1, active.size());
    assertEquals(active.get(0).identity, ClientIdentity.load(directory));
  }
}
