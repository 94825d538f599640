package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveAndLoadTest {
  private final TestPki.Held ca = TestPki.ca("N-Hub CA");
  private final Path temp;

  SaveAndLoadTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void save_thenLoad_givesTheSameIdentity() throws Exception {
    ClientIdentity identity = ca.signClient("client").issuedBy(ca);

    identity.save(temp.resolve("new/certs"));

    assertEquals(identity, ClientIdentity.load(temp.resolve("new/certs")));
    try (Stream<Path> files = Files.list(temp.resolve("new/certs"))) {
      assertEquals(
          List.of("ca.crt", "client.crt", "client.key"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void save_anyDirectory_isForTheOwnerAlone() throws Exception {
    Path directory = temp.resolve("certs");

    ca.signClient("client").issuedBy(ca).save(directory);

    assertEquals("rwx------", permissions(directory));
    for (String name : List.of("client.crt", "client.key", "ca.crt")) {
      assertEquals("rw-------", permissions(directory.resolve(name)));
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
