package io.nnnco.nhub.identity.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.CoreErrorCode;
import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.identity.ClientIdentity;
import io.nnnco.nhub.identity.IdentityFileException;
import io.nnnco.nhub.identity.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save that is stopped at any step leaves the old identity or the new one, whole. */
class InterruptedSaveTest {
  private static final TestPki.Held OLD_CA = TestPki.ca("old CA");
  private static final TestPki.Held NEW_CA = TestPki.ca("new CA");
  private static final TestPki.Held NEW_CLIENT = NEW_CA.signClient("new");
  private static final ClientIdentity OLD = OLD_CA.signClient("old").issuedBy(OLD_CA);
  private static final ClientIdentity NEW = NEW_CLIENT.issuedBy(NEW_CA);
  private static final PemTexts NEW_TEXTS =
      new PemTexts(
          new PemText("certificate", NEW_CLIENT.certificatePem()),
          new PemText("key", NEW_CLIENT.keyPem()),
          new PemText("ca", NEW_CA.certificatePem()));
  private static final String NONE = "none";

  /** As many as save_normally_syncsEachFileBeforeTheRenameThatCounts lists. */
  private static final int STEPS = 16;

  private final Path temp;

  InterruptedSaveTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void save_powerCutAtAnyStep_leavesOldOrNewWhole() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int step = 0; step < STEPS; step++) {
      Path directory = savedOld("cut-" + step);

      cutPowerAt(step, directory, NEW_TEXTS);

      seen.add(identityIn(directory));
      assertFinishedBySave(directory);
    }
    assertEquals(Set.of("CN=new", "CN=old"), seen);
  }

  @Test
  void save_powerCutAtAnyStepOfTheFirstSave_leavesNothingOrNewWhole() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int step = 0; step < STEPS + 2; step++) {
      Path directory = temp.resolve("first-" + step);

      cutPowerAt(step, directory, NEW_TEXTS);

      seen.add(identityIn(directory));
      assertFinishedBySave(directory);
    }
    assertEquals(Set.of("CN=new", NONE), seen);
  }

  @Test
  void save_powerCutTwice_leavesOneOfThemWhole() throws Exception {
    Set<String> seen = new TreeSet<>();
    PemTexts old = new IdentityDirectory(savedOld("source")).load();
    for (int first : new int[] {9, 11, 14}) { // none, one and all of the files moved
      for (int second = 0; second < STEPS; second++) {
        Path directory = savedOld("twice-" + first + "-" + second);
        cutPowerAt(first, directory, NEW_TEXTS);

        cutPowerAt(second, directory, old);

        seen.add(subject(readOnlyLoad(directory)));
      }
    }
    assertEquals(Set.of("CN=new", "CN=old"), seen);
  }

  /** The place is read-only afterwards, so that a load can finish nothing. */
  @Test
  void load_afterPowerCutInAReadOnlyPlace_isOldOrNewWhole() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int step = 0; step < STEPS; step++) {
      Path directory = savedOld("read-only-" + step);
      cutPowerAt(step, directory, NEW_TEXTS);

      seen.add(subject(readOnlyLoad(directory)));
    }
    assertEquals(Set.of("CN=new", "CN=old"), seen);
  }

  @Test
  void load_afterInterruptedSave_putsTheFilesInTheirPlaces() throws Exception {
    OLD.save(temp);
    cutPowerAt(STEPS - 4, temp, NEW_TEXTS);
    assertTrue(Files.exists(temp.resolve(".committed")));

    ClientIdentity.load(temp);

    assertEquals(List.of("ca.crt", "client.crt", "client.key"), names(temp));
  }

  @Test
  void save_anyStepFails_throwsAndKeepsTheOldOrReturnsAndHasTheNew() throws Exception {
    int failed = 0;
    for (int step = 0; step < STEPS; step++) {
      Path directory = savedOld("failure-" + step);
      IdentityDirectory failing =
          new IdentityDirectory(directory, BreakingFileSteps.failingOnceAt(step));

      String expected = "CN=new";
      try {
        failing.save(NEW_TEXTS);
      } catch (IdentityFileException e) {
        assertTrue(
            String.valueOf(e.getMessage()).contains("No space left on device"), e.toString());
        expected = "CN=old";
        failed++;
      }

      assertEquals(expected, identityIn(directory));
      assertFinishedBySave(directory);
    }
    assertTrue(failed > 5 && failed < STEPS, failed + " of " + STEPS);
  }

  @Test
  void save_anyStepFails_leavesNoKeyLyingAbout() {
    for (int step = 0; step < STEPS; step++) {
      Path directory = savedOld("tidy-" + step);
      IdentityDirectory failing =
          new IdentityDirectory(directory, BreakingFileSteps.failingOnceAt(step));

      try {
        failing.save(NEW_TEXTS);
      } catch (IdentityFileException e) {
        assertEquals(List.of("ca.crt", "client.crt", "client.key"), names(directory));
      }
    }
  }

  @Test
  void save_normally_syncsEachFileBeforeTheRenameThatCounts() {
    OLD.save(temp);
    BreakingFileSteps steps = BreakingFileSteps.neverFailing();

    new IdentityDirectory(temp, steps).save(NEW_TEXTS);

    assertEquals(
        List.of(
            "createDirectory .staging",
            "write client.crt",
            "sync client.crt",
            "write client.key",
            "sync client.key",
            "write ca.crt",
            "sync ca.crt",
            "sync .staging",
            "move .staging to .committed",
            "sync directory",
            "move client.crt to client.crt",
            "move client.key to client.key",
            "move ca.crt to ca.crt",
            "sync directory",
            "delete .committed",
            "sync directory"),
        steps.taken(temp));
  }

  @Test
  void proveWritable_anyStepFails_saysSoAndLeavesTheOldAlone() throws Exception {
    BreakingFileSteps counting = BreakingFileSteps.neverFailing();
    OLD.save(temp);
    new IdentityDirectory(temp, counting).proveWritable();
    int steps = counting.taken(temp).size();
    assertTrue(steps >= 4);

    for (int step = 0; step < steps; step++) {
      IdentityDirectory failing =
          new IdentityDirectory(temp, BreakingFileSteps.failingOnceAt(step));

      IdentityFileException e =
          Coded.assertThrows(
              IdentityFileException.class,
              CoreErrorCode.IDENTITY_DIRECTORY_NOT_WRITABLE,
              failing::proveWritable);

      assertEquals(temp.toString(), e.path());
      assertTrue(
          String.valueOf(e.getMessage()).contains("No space left on device (owner "), e.toString());
      assertEquals("CN=old", identityIn(temp));
      assertEquals(List.of("ca.crt", "client.crt", "client.key"), names(temp));
    }
  }

  private Path savedOld(String name) {
    Path directory = temp.resolve(name);
    OLD.save(directory);
    return directory;
  }

  private static PemTexts readOnlyLoad(Path directory) {
    return new IdentityDirectory(directory, BreakingFileSteps.failingAt(0)).load();
  }

  private static void cutPowerAt(int step, Path directory, PemTexts texts) throws IOException {
    BreakingFileSteps steps = BreakingFileSteps.powerCutAt(step);
    assertThrows(
        BreakingFileSteps.PowerCut.class,
        () -> new IdentityDirectory(directory, steps).save(texts));
    steps.loseWhatWasNotSynced();
  }

  /** Reading twice gives the same; the first may move files. */
  private static String identityIn(Path directory) {
    try {
      String subject = subject(ClientIdentity.load(directory));
      assertEquals(subject, subject(ClientIdentity.load(directory)));
      return subject;
    } catch (IdentityFileException e) {
      return NONE;
    }
  }

  private static String subject(PemTexts texts) {
    return IdentityReader.read(texts, null).chain().get(0).getSubjectX500Principal().toString();
  }

  private static String subject(ClientIdentity identity) {
    return identity.certificate().getSubjectX500Principal().toString();
  }

  private static void assertFinishedBySave(Path directory) {
    NEW.save(directory);
    assertEquals(NEW, ClientIdentity.load(directory));
    assertEquals(List.of("ca.crt", "client.crt", "client.key"), names(directory));
    assertFalse(Files.exists(directory.resolve(".committed")));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
