package io.nnnco.nhub.stream.deadletter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.Qos;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.error.DeadLetterException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed over again, and what stays in the file. */
class DeadLetterRedriveTest extends DeadLetterFixture {
  DeadLetterRedriveTest(@TempDir Path directory) {
    super(directory);
  }

  @Test
  void redrive_allSucceed_handsOverTheOriginals_andEmptiesTheFile() {
    DeadLetterFile file = open();
    FailedMessage failed = failed(TestDelivery.of("ABC123", "joins"));
    file.handle(failed);
    RedriveReport report =
        file.redrive(
            (message, delivery) -> {
              assertEquals(TestDelivery.of("ABC123", "joins").message(), message);
              assertEquals(failed.delivery().topic(), delivery.topic());
              assertEquals(failed.delivery().enterprise(), delivery.enterprise());
              assertEquals("ABC123", delivery.deviceId());
              assertEquals(TestDelivery.ARRIVAL, delivery.arrivedAt());
              assertEquals(Qos.AT_LEAST_ONCE, delivery.qos());
              assertTrue(delivery.redelivered());
              assertArrayEquals(failed.delivery().payload(), delivery.payload());
              assertEquals(failed.delivery().deduplicationKey(), delivery.deduplicationKey());
            });

    assertEquals(new RedriveReport(1, 0, 0, 0), report);
    assertTrue(report.complete());
    assertEquals(0, file.size());
  }

  @Test
  void redrive_someFail_keepsThoseUnchangedAndInOrder_overAReopening() throws IOException {
    DeadLetterFile file = open();
    List.of("a", "b", "c", "d").forEach(device -> file.handle(failed(device)));
    List<String> before = lines();
    RedriveReport report =
        file.redrive(
            (message, delivery) -> {
              if (message.deviceId().equals("b")) {
                throw new IOException("still down");
              } else if (message.deviceId().equals("d")) {
                throw new StackOverflowError();
              }
            });
    assertEquals(new RedriveReport(2, 2, 0, 0), report);
    assertEquals(List.of(before.get(1), before.get(3)), lines());
    file.close();

    assertEquals(List.of("b", "d"), redriven(open()));
  }

  @Test
  void redrive_undecodableAndForeignLines_stay() throws IOException {
    Files.writeString(path, "a note of the operator\n{\"topic\":\"only\"}\n");
    DeadLetterFile file = open();
    file.handle(failed(new TestDelivery("v4/groups/nnn.acme.master/BAD/uplinks", "{not json")));
    file.handle(failed("a"));
    RedriveReport report = file.redrive((message, delivery) -> {});

    assertEquals(new RedriveReport(1, 1, 2, 0), report);
    assertFalse(report.complete());
    assertEquals(3, lines().size());
    assertEquals("a note of the operator", lines().get(0));
  }

  @Test
  void redrive_messagesAddedMeanwhile_stayForTheNextTime() {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    RedriveReport report = file.redrive((message, delivery) -> file.handle(failed("later")));

    assertEquals(1, report.succeeded());
    assertEquals(List.of("later"), redriven(file));
  }

  @Test
  void redrive_thenHandle_goesToTheNewFile() throws IOException {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    redriven(file);
    file.handle(failed("b"));

    assertEquals(1, lines().size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    assertEquals(List.of("b"), redriven(file));
  }

  @Test
  void redrive_interrupted_endsAfterThatMessage_andKeepsTheRest() {
    DeadLetterFile file = open();
    List.of("a", "b", "c").forEach(device -> file.handle(failed(device)));
    RedriveReport report =
        file.redrive(
            (message, delivery) -> {
              if (message.deviceId().equals("b")) {
                throw new InterruptedException();
              }
            });

    assertTrue(Thread.interrupted(), "told on");
    assertEquals(new RedriveReport(1, 1, 0, 1), report);
    assertEquals(List.of("b", "c"), redriven(file));
  }

  @Test
  void redrive_withinARedrive_isRefused() {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    List<Exception> refused = new ArrayList<>();
    file.redrive(
        (message, delivery) ->
            refused.add(assertThrows(IllegalStateException.class, () -> redriven(file))));

    assertEquals(1, refused.size());
  }

  @Test
  void open_afterACrashDuringARedrive_hasAllMessages() throws IOException {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    file.handle(failed("b"));
    file.close();
    Path halfway = directory.resolve("dead.jsonl.redrive");
    Files.writeString(halfway, lines().get(1) + "\n{\"top");

    assertEquals(List.of("a", "b"), redriven(open()));
    assertFalse(Files.exists(halfway));
  }

  @Test
  void redrive_replacementCannotBeWritten_keepsEverything() throws IOException {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    Path blocked = Files.createDirectory(directory.resolve("dead.jsonl.redrive"));
    Files.createFile(blocked.resolve("in the way"));
    Coded.assertThrows(
        DeadLetterException.class,
        StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE,
        () -> file.redrive((message, delivery) -> {}));
    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);

    assertEquals(List.of("a"), redriven(file));
  }
}
