package io.nnnco.nhub.stream.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.error.DeadLetterException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is opened as a dead-letter file, and that anything else is refused as it was. */
class DeadLetterPlaceTest extends DeadLetterFixture {
  private static final int NOBODY = 65_534;

  DeadLetterPlaceTest(@TempDir Path directory) {
    super(directory);
  }

  @Test
  void open_directory_isRefusedAndKeepsItsMode() throws Exception {
    Files.createDirectory(path);
    allow(path, "rwxr-xr-x");

    assertRefused("is a directory");

    assertEquals("rwxr-xr-x", mode(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1}", // Taken for a line that a crash cut off, it would be emptied.
        "{\"a\": 1}\n",
        "an important note",
        "time,value\n1,2\n",
        "\n"
      })
  void open_fileOfAnotherKind_isRefusedAndLeftAsItWas(String content) throws Exception {
    Files.writeString(path, content);
    allow(path, "rw-r--r--");

    assertRefused("does not hold dead letters");

    assertEquals("rw-r--r--", mode(path));
    assertEquals(content, Files.readString(path));
  }

  @Test
  void open_namedPipe_isRefusedAndDoesNotHang() throws Exception {
    makePipe(path);

    assertRefused("is no regular file");
  }

  @Test
  void open_symbolicLink_isRefusedAndNotFollowed() throws Exception {
    Path target = Files.createFile(directory.resolve("target"));
    allow(target, "rw-r--r--");
    Files.createSymbolicLink(path, target);

    assertRefused("is a symbolic link");

    assertEquals("rw-r--r--", mode(target));
    assertEquals(0, Files.size(target));
  }

  @Test
  void open_linkToNothing_isRefusedAndMakesNothing() throws Exception {
    Files.createSymbolicLink(path, directory.resolve("target"));

    assertRefused("is a symbolic link");

    assertFalse(Files.exists(directory.resolve("target")));
  }

  @Test
  void open_fileThatOthersCanWrite_isRefusedAndKeepsItsMode() throws Exception {
    Files.createFile(path);
    allow(path, "rw-rw-rw-");

    assertRefused("chmod go-w " + path);

    assertEquals("rw-rw-rw-", mode(path));
  }

  @Test
  void open_directoryThatOthersCanWrite_isRefused() throws Exception {
    allow(directory, "rwxrwxrwx");

    assertRefused("chmod go-w " + directory);

    assertFalse(Files.exists(path));
  }

  @Test
  void open_directoryLikeTmp_isTaken() throws Exception {
    Files.setAttribute(directory, "unix:mode", 01777);

    open().handle(failed("a"));

    assertEquals(1, lines().size());
  }

  @Test
  void open_fileOfAnotherUser_isRefusedAsItWas() throws Exception {
    Files.createFile(path);
    allow(path, "rw-r--r--");
    giveAway(path);

    assertRefused("belongs to");

    assertEquals("rw-r--r--", mode(path));
  }

  @Test
  void open_directoryOfAnotherUser_isRefused() throws Exception {
    giveAway(directory);

    assertRefused("belongs to");
  }

  @Test
  void open_leftoverOfARedriveThatIsALink_isRefusedAndItsTargetIsLeft() throws Exception {
    Path target = Files.writeString(directory.resolve("target"), "ours");
    Files.createSymbolicLink(directory.resolve("dead.jsonl.redrive"), target);

    assertRefused("is a symbolic link");

    assertEquals("ours", Files.readString(target));
  }

  @Test
  void open_lockThatIsALink_isRefusedAndItsTargetIsLeft() throws Exception {
    Path target = Files.writeString(directory.resolve("target"), "ours");
    Files.createSymbolicLink(directory.resolve("dead.jsonl.lock"), target);

    assertRefused("is a symbolic link");

    assertEquals("ours", Files.readString(target));
  }

  @Test
  void close_leavesTheFileAlone() {
    open().handle(failed("a"));
    close();

    assertEquals(List.of("dead.jsonl"), names());
  }

  @Test
  void open_leftoverLockOfACrash_isTakenOverAndRemoved() throws Exception {
    Files.createFile(directory.resolve("dead.jsonl.lock"));

    open();
    close();

    assertEquals(List.of("dead.jsonl"), names());
  }

  @Test
  void open_thatIsRefusedAsBusy_leavesTheLockToItsHolder() {
    open();
    Coded.assertThrows(
        DeadLetterException.class, StreamErrorCode.DEAD_LETTER_FILE_BUSY, this::open);
    Coded.assertThrows(
        DeadLetterException.class, StreamErrorCode.DEAD_LETTER_FILE_BUSY, this::open);
    close();
    opened.clear();

    open().handle(failed("a"));
  }

  @Test
  void open_trustedDirectoryThatOthersCanWrite_isTakenIfTheOperatorSaysSo() throws Exception {
    Path odd = Files.createDirectory(directory.resolve("odd"));
    allow(odd, "rwxrwxrwx");
    System.setProperty("nhub.trustedDirectories", odd.toString());
    try (DeadLetterFile file = DeadLetterFile.open(odd.resolve("dead.jsonl"))) {
      file.handle(failed("a"));
      allow(odd.resolve("dead.jsonl"), "rwxrwxrwx");
      file.handle(failed("b"));

      assertEquals(List.of("a", "b"), redriven(file));
    } finally {
      System.clearProperty("nhub.trustedDirectories");
    }
  }

  /** Refused, with nothing left behind. */
  private void assertRefused(String why) {
    List<String> before = names();

    DeadLetterException e =
        Coded.assertThrows(
            DeadLetterException.class, StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE, this::open);

    assertTrue(e.toString().contains(why), e::toString);
    assertEquals(before, names());
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void makePipe(Path path) throws Exception {
    Process made = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
    assertEquals(0, made.waitFor());
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** Only root may; for anybody else the test is aborted. */
  private static void giveAway(Path path) throws IOException {
    try {
      Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    } catch (FileSystemException e) {
      Assumptions.abort("Only root can give files away: " + e.getMessage());
    }
  }
}
