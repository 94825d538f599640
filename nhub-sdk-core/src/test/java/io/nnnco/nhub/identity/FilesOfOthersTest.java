package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others have put, or can put, into the directory of an identity. */
class FilesOfOthersTest {
  private static final int NOBODY = 65_534;
  private static final Duration NO_HANG = Duration.ofSeconds(30);
  private static final List<String> NAMES = List.of("client.crt", "client.key", "ca.crt");

  private final TestPki.Held ca = TestPki.ca("N-Hub CA");
  private final TestPki.Held otherCa = TestPki.ca("another CA");
  private final ClientIdentity identity = ca.signClient("client").issuedBy(ca);
  private final ClientIdentity planted = otherCa.signClient("planted").issuedBy(otherCa);
  private final Path temp;
  private final Path directory;
  private final Path committed;

  FilesOfOthersTest(@TempDir Path temp) {
    this.temp = temp;
    this.directory = temp.resolve("certs");
    this.committed = directory.resolve(".committed");
    identity.save(directory);
  }

  @Test
  void load_directoryThatOthersCanWrite_isRead() throws Exception {
    allow(directory, "rwxrwxrwx");

    assertEquals(identity, ClientIdentity.load(directory));
  }

  @Test
  void load_committedWhereOthersCanWrite_isNotAdopted() throws Exception {
    planted.save(committed);
    allow(directory, "rwxrwxrwx");

    assertUnreadable("chmod go-w " + directory);

    allow(directory, "rwx------");
    assertEquals(planted, ClientIdentity.load(directory));
  }

  @Test
  void load_committedOfAnotherUser_isNotAdopted() throws Exception {
    planted.save(committed);
    giveAway(committed);

    assertUnreadable(committed + " is not used, because it belongs neither to ");
    assertTrue(Files.exists(committed.resolve("client.key")));
  }

  @Test
  void load_committedFileOfAnotherUser_isNotAdopted() throws Exception {
    planted.save(committed);
    giveAway(committed.resolve("ca.crt"));

    assertUnreadable("ca.crt is not used, because it belongs neither to ");
  }

  @Test
  void load_committedThatOthersCanWrite_isNotAdopted() throws Exception {
    planted.save(committed);
    allow(committed, "rwxrwxrwx");

    assertUnreadable("chmod go-w " + committed);
  }

  @Test
  void load_committedThatIsALink_isNotFollowed() throws Exception {
    planted.save(temp.resolve("elsewhere"));
    Files.createSymbolicLink(committed, temp.resolve("elsewhere"));

    assertUnreadable(committed + " is a symbolic link");
    assertEquals(planted, ClientIdentity.load(temp.resolve("elsewhere")));
  }

  @Test
  void load_committedFileThatIsALink_isNotFollowed() throws Exception {
    planted.save(committed);
    Path elsewhere = Files.move(committed.resolve("client.key"), temp.resolve("elsewhere.key"));
    Files.createSymbolicLink(committed.resolve("client.key"), elsewhere);

    assertUnreadable("client.key is a symbolic link");
    assertTrue(Files.exists(elsewhere));
  }

  @Test
  void load_committedThatIsAFile_saysSo() throws Exception {
    Files.createFile(committed);

    assertUnreadable(committed + " is no directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.crt", "client.key", "ca.crt", ".committed/ca.crt"})
  void load_namedPipe_isRefusedAndDoesNotHang(String name) throws Exception {
    Path pipe = directory.resolve(name);
    if (name.startsWith(".committed")) {
      planted.save(committed);
    }
    Files.delete(pipe);
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    assertTimeoutPreemptively(NO_HANG, () -> assertUnreadable(pipe + " is no regular file"));
  }

  @Test
  void load_linkToADevice_isRefusedAndDoesNotHang() throws Exception {
    Files.delete(directory.resolve("ca.crt"));
    Files.createSymbolicLink(directory.resolve("ca.crt"), Path.of("/dev/zero"));

    assertTimeoutPreemptively(NO_HANG, () -> assertUnreadable("ca.crt is no regular file"));
  }

  @Test
  void load_committedFileThatIsHuge_isRefused() throws Exception {
    planted.save(committed);
    Files.write(committed.resolve("ca.crt"), new byte[1024 * 1024 + 1]);

    assertUnreadable("ca.crt is larger than 1048576 bytes");
  }

  /** As Kubernetes mounts a secret for a user that is not root: links, and the group may read. */
  @Test
  void load_secretMountedByKubernetes_followsItsLinks() throws Exception {
    Path mount = Files.createDirectory(temp.resolve("secret"));
    Path data = Files.createDirectory(mount.resolve("..2026_11_29_02_15_34.123"));
    Files.createSymbolicLink(mount.resolve("..data"), data.getFileName());
    for (String name : NAMES) {
      Path file = Files.copy(directory.resolve(name), data.resolve(name));
      allow(file, "rw-r-----");
      Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
    }
    Files.setAttribute(mount, "unix:mode", 03777);

    assertEquals(identity, ClientIdentity.load(mount));
  }

  @Test
  void save_directoryThatOthersCanWrite_isRefusedAndNothingIsWritten() throws Exception {
    allow(directory, "rwxrwxr-x");
    assertSaves("rwxrwxr-x", true); // The group is the owner's own.
    allow(directory, "rwxrwxrwx");

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_NOT_SAVED,
            () -> planted.save(directory));

    assertTrue(String.valueOf(e.getMessage()).contains("permissions rwxrwxrwx"), e.toString());
    assertTrue(String.valueOf(e.getMessage()).contains("chmod go-w " + directory), e.toString());
    assertEquals(identity, ClientIdentity.load(directory));
    Coded.assertThrows(
        IdentityFileException.class,
        CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
        () -> ClientIdentity.proveWritable(directory));
  }

  @Test
  void save_directoryThatAForeignGroupCanWrite_isRefused() throws Exception {
    allow(directory, "rwxrwxr-x");
    onlyRoot(() -> Files.setAttribute(directory, "unix:gid", NOBODY));

    assertSaves("rwxrwxr-x", false);
  }

  @Test
  void save_directoryOfAnotherUser_isRefused() throws Exception {
    giveAway(directory);

    assertSaves("rwx------", false);
  }

  @Test
  void save_directoryLikeTmp_isTaken() throws Exception {
    Files.setAttribute(directory, "unix:mode", 01777);

    planted.save(directory);

    assertEquals(planted, ClientIdentity.load(directory));
  }

  @Test
  void save_linkOfAnotherUserToTheDirectory_isNotFollowed() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), directory);
    onlyRoot(() -> Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS));

    Coded.assertThrows(
        IdentityFileException.class, CoreErrorCode.IDENTITY_NOT_SAVED, () -> planted.save(link));

    assertEquals(identity, ClientIdentity.load(directory));
  }

  @Test
  void save_committedThatIsALink_isRefusedAndItsTargetIsLeft() throws Exception {
    planted.save(temp.resolve("elsewhere"));
    Files.createSymbolicLink(committed, temp.resolve("elsewhere"));

    Coded.assertThrows(
        IdentityFileException.class,
        CoreErrorCode.IDENTITY_NOT_SAVED,
        () -> identity.save(directory));

    assertEquals(planted, ClientIdentity.load(temp.resolve("elsewhere")));
  }

  @Test
  void save_leftoverThatIsALink_isLeftAloneWithItsTarget() throws Exception {
    planted.save(temp.resolve("elsewhere"));
    Path leftover = directory.resolve(".staging-planted");
    Files.createSymbolicLink(leftover, temp.resolve("elsewhere"));

    planted.save(directory);

    assertTrue(Files.isSymbolicLink(leftover));
    assertEquals(planted, ClientIdentity.load(temp.resolve("elsewhere")));
    assertEquals(planted, ClientIdentity.load(directory));
  }

  @Test
  void save_overLinks_replacesTheLinksAndLeavesTheirTargets() throws Exception {
    Path target = Files.move(directory.resolve("client.key"), temp.resolve("target.key"));
    Files.createSymbolicLink(directory.resolve("client.key"), target);
    String before = Files.readString(target);

    planted.save(directory);

    assertEquals(before, Files.readString(target));
    assertFalse(Files.isSymbolicLink(directory.resolve("client.key")));
  }

  @Test
  void save_directoryNamedAsTrusted_isTakenWhateverItsMode() throws Exception {
    allow(directory, "rwxrwxrwx");
    System.setProperty("nhub.trustedDirectories", "/nowhere:" + directory);
    try {
      planted.save(directory);

      assertEquals(planted, ClientIdentity.load(directory));
    } finally {
      System.clearProperty("nhub.trustedDirectories");
    }
  }

  private void assertSaves(String permissions, boolean possible) throws Exception {
    allow(directory, permissions);
    if (possible) {
      Assumptions.assumeTrue(isPrivateGroup(), "This user has no group of its own name.");
      identity.save(directory);
    } else {
      Coded.assertThrows(
          IdentityFileException.class,
          CoreErrorCode.IDENTITY_NOT_SAVED,
          () -> planted.save(directory));
      assertEquals(identity, ClientIdentity.load(directory));
    }
  }

  private boolean isPrivateGroup() throws IOException {
    return Files.getAttribute(directory, "unix:group")
        .toString()
        .equals(Files.getOwner(directory).getName());
  }

  private void assertUnreadable(String why) {
    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_FILE_UNREADABLE,
            () -> ClientIdentity.load(directory));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.toString());
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void giveAway(Path path) throws IOException {
    onlyRoot(() -> Files.setAttribute(path, "unix:uid", NOBODY));
  }

  private interface FileAction {
    void run() throws IOException;
  }

  /** For anybody else the test is aborted. */
  private static void onlyRoot(FileAction action) throws IOException {
    try {
      action.run();
    } catch (FileSystemException e) {
      Assumptions.abort("Only root can give files away: " + e.getMessage());
    }
  }
}
