package io.nnnco.nhub.stream.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.MessageHandler;
import io.nnnco.nhub.stream.error.DeadLetterException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of dead letters when somebody else truncates, moves or removes the open file. */
class DeadLetterOutsideHandsTest extends DeadLetterFixture {
  private final Path aside;

  DeadLetterOutsideHandsTest(@TempDir Path directory) {
    super(directory);
    this.aside = directory.resolve("dead.jsonl.1");
  }

  private DeadLetterFile openWith(String... devices) {
    DeadLetterFile file = open();
    List.of(devices).forEach(device -> file.handle(failed(device)));
    return file;
  }

  private static void assertRefused(StreamErrorCode code, Executable action) {
    Coded.assertThrows(DeadLetterException.class, code, action);
  }

  /** Something happens to the file at its first message. */
  private static void assertRedriveRefused(DeadLetterFile file, MessageHandler meanwhile) {
    AtomicBoolean first = new AtomicBoolean(true);
    assertRefused(
        StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE,
        () ->
            file.redrive(
                (message, delivery) -> {
                  if (first.compareAndSet(true, false)) {
                    meanwhile.handle(message, delivery);
                  }
                }));
  }

  @Test
  void handle_fileTruncatedAsByCopytruncate_beginsAtItsStart() throws IOException {
    DeadLetterFile file = openWith("a", "b");
    truncate();

    file.handle(failed("c"));

    assertEquals(1, lines().size());
    assertEquals(Files.size(path), file.size());
    assertEquals(List.of("c"), redriven(file));
  }

  @Test
  void handle_fileMovedAway_goesToANewFile() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.move(path, aside);

    file.handle(failed("b"));

    assertEquals(1, Files.readAllLines(aside).size());
    assertEquals(List.of("b"), redriven(file));
  }

  @Test
  void handle_fileRemoved_goesToANewFile() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.delete(path);

    file.handle(failed("b"));

    assertEquals(List.of("b"), redriven(file));
  }

  @Test
  void handle_anotherFileInItsPlace_isAddedToThat() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.move(path, aside);
    Files.copy(aside, path);

    file.handle(failed("b"));

    assertEquals(1, Files.readAllLines(aside).size());
    assertEquals(List.of("a", "b"), redriven(file));
  }

  @Test
  void handle_foreignFileInItsPlace_isRefusedAndTheFileLeftAsItWas() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.move(path, aside);
    Files.writeString(path, "{\"a\": 1}");

    assertRefused(StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE, () -> file.handle(failed("b")));

    assertEquals("{\"a\": 1}", Files.readString(path));
  }

  @Test
  void handle_linkInItsPlace_isRefusedAndNotFollowed() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.move(path, aside);
    Files.createSymbolicLink(path, aside);

    assertRefused(StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE, () -> file.handle(failed("b")));

    assertEquals(1, Files.readAllLines(aside).size());
  }

  @Test
  void handle_fullThenMovedAway_hasRoomAgain() throws IOException {
    DeadLetterFile file = open(DeadLetterFile.builder(path).maxBytes(1_024));
    List.of("a", "b", "c").forEach(device -> file.handle(failed(device)));
    assertRefused(StreamErrorCode.DEAD_LETTER_FILE_FULL, () -> file.handle(failed("d")));
    Files.move(path, aside);

    file.handle(failed("d"));

    assertEquals(3, Files.readAllLines(aside).size());
    assertEquals(List.of("d"), redriven(file));
  }

  @Test
  void handle_wholeLinesAddedByAnOperator_stay() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.copy(path, aside);
    file.handle(failed("b"));
    Files.write(path, Files.readAllBytes(aside), StandardOpenOption.APPEND);

    file.handle(failed("c"));

    assertEquals(List.of("a", "b", "a", "c"), redriven(file));
  }

  @Test
  void size_fileTruncated_isThatOfTheFile() throws IOException {
    DeadLetterFile file = openWith("a");
    truncate();

    assertEquals(0, file.size());
  }

  @Test
  void redrive_fileMovedAwayBefore_findsNothing() throws IOException {
    DeadLetterFile file = openWith("a");
    Files.move(path, aside);

    assertEquals(List.of(), redriven(file));
    assertEquals(1, Files.readAllLines(aside).size());
  }

  @Test
  void redrive_fileMovedAwayMeanwhile_leavesBothFilesAsTheyAre() throws IOException {
    DeadLetterFile file = openWith("a", "b");

    assertRedriveRefused(
        file,
        (message, delivery) -> {
          Files.move(path, aside);
          file.handle(failed("later"));
        });

    assertEquals(2, Files.readAllLines(aside).size());
    assertEquals(List.of("later"), redriven(file));
  }

  @Test
  void redrive_fileTruncatedMeanwhile_keepsWhatWasAddedSince() throws IOException {
    DeadLetterFile file = openWith("a", "b");

    assertRedriveRefused(
        file,
        (message, delivery) -> {
          truncate();
          List.of("later", "last", "more").forEach(device -> file.handle(failed(device)));
        });

    assertEquals(List.of("later", "last", "more"), redriven(file));
  }

  /** Each message is in one of the files, whatever the moment at which the file is moved away. */
  @Test
  void handle_whileAnotherMovesTheFileAway_losesNothing() throws Exception {
    DeadLetterFile file = open();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<List<Path>> rotating = CompletableFuture.supplyAsync(() -> rotate(done));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      expected.add("device-" + i);
      file.handle(failed("device-" + i));
    }
    done.set(true);
    StringBuilder all = new StringBuilder(Files.exists(path) ? Files.readString(path) : "");
    for (Path each : rotating.join()) {
      all.append(Files.readString(each));
    }

    assertFalse(all.toString().contains("\0"));
    assertEquals(List.of(), expected.stream().filter(d -> !holds(all, d)).toList());
    assertTrue(
        all.toString()
            .lines()
            .allMatch(line -> DeadLetter.parse(line.getBytes(UTF_8)).isPresent()));
  }

  private List<Path> rotate(AtomicBoolean done) {
    List<Path> rotated = new ArrayList<>();
    while (!done.get()) {
      Path next = directory.resolve("rotated-" + rotated.size());
      try {
        if (Files.size(path) > 2_000) {
          Files.move(path, next);
          rotated.add(next);
        }
      } catch (IOException e) {
        Thread.onSpinWait(); // It has not been written to since.
      }
    }
    return rotated;
  }

  private static boolean holds(StringBuilder all, String device) {
    return all.indexOf("/" + device + "/uplinks\"") >= 0;
  }

  private void truncate() throws IOException {
    FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close();
  }
}
