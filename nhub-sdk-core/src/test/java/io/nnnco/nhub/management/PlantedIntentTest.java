package io.nnnco.nhub.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.IdentityFileException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A note that others have made, or can have made, makes recover revoke nothing. */
final class PlantedIntentTest extends ProvisioningFixture {
  private static final String NOTE =
      """
      {"name":"Production","api_key_id":"7d0a","validity_hours":8760,"known":[]}
      {"asked_at":"2026-11-23T00:00:00Z"}
      """;

  private LossyPlatform.Entry live;

  PlantedIntentTest(@TempDir(factory = InMemory.class) Path temporary) {
    super(temporary);
  }

  @BeforeEach
  void haveALiveCertificate() throws IOException {
    live = platform.add(NAME, KEY);
    Files.createDirectory(
        directory(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void recover_noteOfAnotherUser_isRefused() throws IOException {
    Files.writeString(intent(), NOTE);
    try {
      Files.setAttribute(intent(), "unix:uid", 65_534);
    } catch (FileSystemException e) {
      Assumptions.abort("Only root can give files away: " + e.getMessage());
    }

    assertRefused("it belongs neither to ");
  }

  @Test
  void recover_directoryThatOthersCanWrite_isRefused() throws IOException {
    Files.writeString(intent(), NOTE);
    allow(directory(), "rwxrwxrwx");

    assertRefused("chmod go-w " + directory());
  }

  @Test
  void recover_noteThatOthersCanWrite_isRefused() throws IOException {
    Files.writeString(intent(), NOTE);
    allow(intent(), "rw-rw-rw-");

    assertRefused("chmod go-w " + intent());
  }

  @Test
  void recover_noteThatIsALink_isRefusedAndItsTargetIsLeft() throws IOException {
    Path target = Files.writeString(temporary.resolve("target"), NOTE);
    Files.createSymbolicLink(intent(), target);

    assertRefused("is a symbolic link");

    assertEquals(NOTE, Files.readString(target));
  }

  @Test
  void recover_noteThatIsAPipe_isRefusedAndDoesNotHang() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", intent().toString()).start().waitFor());

    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertRefused("is no regular file"));
  }

  @Test
  void recover_noteThatIsHuge_isRefused() throws IOException {
    Files.write(intent(), new byte[1024 * 1024 + 1]);

    assertRefused("is larger than 1048576 bytes");
  }

  @Test
  void recover_itself_leavesNothingButTheIdentity() throws IOException {
    Files.writeString(intent(), NOTE);

    certificates.recover(directory());

    assertTrue(live.revoked);
    try (Stream<Path> files = Files.list(directory())) {
      assertEquals(
          List.of("ca.crt", "client.crt", "client.key"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private void assertRefused(String why) {
    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.API_INTENT_FILE,
            () -> certificates.recover(directory()));

    assertTrue(e.toString().contains(why), e::toString);
    assertEquals(List.of(live), platform.active());
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
