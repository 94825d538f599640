package io.nnnco.nhub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveAndLoadTest {
  private static final List<String> NAMES = List.of("ca.crt", "client.crt", "client.key");

  private final TestPki.Held ca = TestPki.ca("N-Hub CA");
  private final ClientIdentity identity = ca.signClient("client").issuedBy(ca);
  private final Path temp;

  SaveAndLoadTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void save_directoryThatIsNotThere_isMadeAndHoldsTheThreeFiles() {
    Path directory = temp.resolve("new/certs");

    identity.save(directory);

    assertEquals(identity, ClientIdentity.load(directory));
    assertEquals(NAMES, names(directory));
  }

  @Test
  void save_overAnother_replacesAllThree() {
    TestPki.Held otherCa = TestPki.ca("other CA");
    otherCa.signClient("other").issuedBy(otherCa).save(temp);

    identity.save(temp);

    assertEquals(identity, ClientIdentity.load(temp));
    assertEquals(NAMES, names(temp));
  }

  @Test
  void save_otherFilesInTheDirectory_areLeftAlone() throws Exception {
    Files.writeString(temp.resolve("notes.txt"), "ours");

    identity.save(temp);

    assertEquals("ours", Files.readString(temp.resolve("notes.txt")));
  }

  @Test
  void save_newDirectory_isForTheOwnerAlone() throws Exception {
    Path directory = temp.resolve("certs");

    identity.save(directory);

    assertEquals("rwx------", permissions(directory));
    for (String name : NAMES) {
      assertEquals("rw-------", permissions(directory.resolve(name)));
    }
  }

  @Test
  void save_overFilesThatOthersCanRead_isForTheOwnerAlone() throws Exception {
    identity.save(temp);
    allow(temp.resolve("client.key"), "rw-r--r--");

    identity.save(temp);

    assertEquals("rw-------", permissions(temp.resolve("client.key")));
  }

  @Test
  void save_directoryBehindASymbolicLink_isWrittenThroughTheLink() throws Exception {
    Path real = Files.createDirectory(temp.resolve("real"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);

    identity.save(link);

    assertEquals(identity, ClientIdentity.load(real));
  }

  @Test
  void save_placeThatIsAFile_isNotSavedAndTheFileIsLeft() throws Exception {
    Path file = Files.writeString(temp.resolve("certs"), "a file");

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_NOT_SAVED,
            () -> identity.save(file));

    assertEquals(file.toString(), e.path());
    assertEquals("a file", Files.readString(file));
  }

  @Test
  void save_nameTakenByADirectory_isNotSavedAndNothingIsReplaced() throws Exception {
    Files.createDirectory(temp.resolve("client.key"));

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_NOT_SAVED,
            () -> identity.save(temp));

    assertTrue(
        String.valueOf(e.getMessage()).contains("there is a directory called client.key"),
        e.toString());
    assertEquals(List.of("client.key"), names(temp));
  }

  @Test
  void proveWritable_goodDirectory_leavesNothingBehind() {
    ClientIdentity.proveWritable(temp.resolve("new/certs"));

    assertEquals(List.of(), names(temp.resolve("new/certs")));
  }

  @Test
  void proveWritable_placeThatCannotTakeAnIdentity_saysWhyAndWhatToDo() throws Exception {
    Path file = Files.writeString(temp.resolve("certs"), "a file");
    Path taken = temp.resolve("taken");
    Files.createDirectories(taken.resolve("ca.crt"));

    for (Path place : List.of(file, file.resolve("below"), taken, Path.of("/proc/nhub"))) {
      IdentityFileException e =
          Coded.assertThrows(
              IdentityFileException.class,
              CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
              () -> ClientIdentity.proveWritable(place));

      assertEquals(place.toString(), e.path());
      assertTrue(e.advice().contains("chown"), e.advice());
      assertFalse(String.valueOf(e.getMessage()).contains("Exception"), e.toString());
    }
  }

  @Test
  void load_somethingMissing_namesThePath() throws Exception {
    Path nowhere = temp.resolve("nowhere");
    assertEquals(nowhere.toString(), missingIn(nowhere));
    for (String name : NAMES) {
      Path directory = temp.resolve("without-" + name);
      identity.save(directory);
      Files.delete(directory.resolve(name));

      assertEquals(directory.resolve(name).toString(), missingIn(directory));
    }
  }

  @Test
  void load_fileThatCannotBeRead_namesItsOwnerAndPermissions() throws Exception {
    identity.save(temp);
    Files.delete(temp.resolve("client.key"));
    Files.createDirectory(temp.resolve("client.key"));

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_FILE_UNREADABLE,
            () -> ClientIdentity.load(temp));

    assertEquals(temp.resolve("client.key").toString(), e.path());
    assertTrue(
        String.valueOf(e.getMessage())
            .matches(".+\\(owner .+, permissions rwx.+, this program runs as .+\\).+"));
  }

  @Test
  void load_placeThatIsAFile_isNamedAsWhatCannotBeRead() throws Exception {
    Path file = Files.writeString(temp.resolve("certs"), "a file");

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_FILE_UNREADABLE,
            () -> ClientIdentity.load(file));

    assertEquals(file.toString(), e.path());
  }

  @Test
  void save_onAnInterruptedThread_saysSoAndLeavesTheOldAlone() {
    ClientIdentity old = ca.signClient("old").issuedBy(ca);
    old.save(temp);
    Thread.currentThread().interrupt();

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_NOT_SAVED,
            () -> identity.save(temp));

    assertTrue(Thread.interrupted());
    assertTrue(String.valueOf(e.getMessage()).contains("the thread was interrupted"), e.toString());
    assertEquals(old, ClientIdentity.load(temp));
    assertEquals(NAMES, names(temp));
  }

  @Test
  void load_hugeFile_isNotReadIntoMemory() throws Exception {
    identity.save(temp);
    Files.write(temp.resolve("ca.crt"), new byte[1024 * 1024 + 1]);

    IdentityFileException e =
        Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_FILE_UNREADABLE,
            () -> ClientIdentity.load(temp));

    assertTrue(String.valueOf(e.getMessage()).contains("larger than 1 MiB"), e.toString());
  }

  @Test
  void load_derForPem_namesTheFile() throws Exception {
    identity.save(temp);
    Files.write(temp.resolve("client.crt"), identity.certificate().getEncoded());

    PemException e =
        Coded.assertThrows(
            PemException.class,
            CoreErrorCode.IDENTITY_PEM_MALFORMED,
            () -> ClientIdentity.load(temp));

    assertEquals(temp.resolve("client.crt").toString(), e.source());
    assertTrue(String.valueOf(e.getMessage()).contains("is DER, the binary form"), e.toString());
  }

  @Test
  void load_keyThatEveryoneCanRead_warnsOncePerLoadAndNamesThePath() throws Exception {
    identity.save(temp);
    Path key = temp.resolve("client.key");

    assertEquals("", CapturedLog.of(() -> ClientIdentity.load(temp)));
    allow(key, "rw-r-----"); // As Kubernetes mounts a secret, with fsGroup.
    assertEquals("", CapturedLog.of(() -> ClientIdentity.load(temp)));
    allow(key, "rw-r--r--");
    String log = CapturedLog.of(() -> ClientIdentity.load(temp));

    assertEquals(1, log.lines().count());
    assertTrue(log.contains("WARN") && log.contains(key.toString()), log);
  }

  @Test
  void load_whileAnotherThreadSaves_isAlwaysOneIdentity() throws Exception {
    List<ClientIdentity> successive = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      successive.add(ca.signClient("client-" + i).issuedBy(ca));
    }
    identity.save(temp);
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(2);
    Callable<Boolean> reader =
        () -> {
          while (!done.get()) {
            ClientIdentity.load(temp); // Throws if key and certificate are of two saves.
            reading.countDown();
          }
          return true;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> readers = List.of(threads.submit(reader), threads.submit(reader));
      assertTrue(reading.await(60, TimeUnit.SECONDS));

      successive.forEach(next -> next.save(temp));
      done.set(true);

      for (Future<Boolean> each : readers) {
        assertTrue(each.get(60, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(successive.get(59), ClientIdentity.load(temp));
    assertEquals(NAMES, names(temp));
  }

  private static String missingIn(Path directory) {
    return Coded.assertThrows(
            IdentityFileException.class,
            CoreErrorCode.IDENTITY_FILE_MISSING,
            () -> ClientIdentity.load(directory))
        .path();
  }

  private static void allow(Path path, String permissions) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
