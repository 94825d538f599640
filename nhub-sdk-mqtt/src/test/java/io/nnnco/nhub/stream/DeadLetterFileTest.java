package io.nnnco.nhub.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {
  private final Path directory;
  private final Path path;
  private final List<DeadLetterFile> opened = new ArrayList<>();

  DeadLetterFileTest(@TempDir Path directory) {
    this.directory = directory;
    this.path = directory.resolve("dead.jsonl");
  }

  @AfterEach
  void close() {
    opened.forEach(DeadLetterFile::close);
  }

  private DeadLetterFile open() {
    return open(DeadLetterFile.builder(path));
  }

  private DeadLetterFile open(DeadLetterFileBuilder builder) {
    DeadLetterFile file = builder.open();
    opened.add(file);
    return file;
  }

  private static FailedMessage failed(String device) {
    return failed(TestDelivery.of(device, "uplinks"));
  }

  private static FailedMessage failed(TestDelivery delivery) {
    return new FailedMessage(delivery, new IOException("database is down"), 4);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(path);
  }

  /** The devices whose messages a redrive hands over, all of which succeed. */
  private static List<String> redriven(DeadLetterFile file) {
    List<String> devices = new ArrayList<>();
    file.redrive((message, delivery) -> devices.add(message.deviceId()));
    return devices;
  }

  @Test
  void handle_addsOneJsonLine() throws IOException {
    open().handle(failed("ABC123"));

    assertEquals(
        List.of(
            "{\"topic\":\"v4/groups/nnn.acme.master/ABC123/uplinks\","
                + "\"arrived_at\":\"2026-03-17T00:00:00.123456789Z\","
                + "\"qos\":1,\"redelivered\":false,\"attempts\":4,"
                + "\"cause\":\"java.io.IOException\",\"cause_message\":\"database is down\","
                + "\"deduplication_key\":\"v4/groups/nnn.acme.master/ABC123/uplinks/key\","
                + "\"payload\":\"eyJkZXZpY2VfaWQiOiJBQkMxMjMiLCJ0aW1lc3RhbXBfbXMiOjF9\"}"),
        lines());
  }

  @Test
  void handle_fileIsItsOwnersAlone_evenIfItWasNot() throws IOException {
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    open().handle(failed("a"));
    for (Path file : List.of(path, directory.resolve("dead.jsonl.lock"))) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void handle_causeQuotesADocument_keepsItsBeginning_andStaysOneLine() throws IOException {
    IOException cause = new IOException("two\nlines " + "x".repeat(5_000));
    open().handle(new FailedMessage(TestDelivery.of("a", "uplinks"), cause, 1));

    assertEquals(1, lines().size());
    assertTrue(lines().get(0).length() < 1_600);
  }

  @Test
  void handle_causeWithoutMessage_isWrittenAllTheSame() {
    DeadLetterFile file = open();
    file.handle(new FailedMessage(TestDelivery.of("a", "uplinks"), new StackOverflowError(), 1));

    assertEquals(List.of("a"), redriven(file));
  }

  @Test
  void handle_full_isATypedErrorAndLeavesWhatIsThere() {
    DeadLetterFile file = open(DeadLetterFile.builder(path).maxBytes(1_024));
    List.of("a", "b", "c").forEach(device -> file.handle(failed(device)));
    DeadLetterFileFullException full =
        assertThrows(DeadLetterFileFullException.class, () -> file.handle(failed("d")));

    assertEquals(ErrorCode.DEAD_LETTER_FILE_FULL, full.code());
    assertEquals(path.toString(), full.path());
    assertEquals(1_024, full.maxBytes());
    assertEquals(List.of("a", "b", "c"), redriven(file));
  }

  @Test
  void redact_changesWhatIsWritten_andTheDeduplicationKeyStays() throws IOException {
    byte[] blank = "{\"device_id\":\"-\",\"timestamp_ms\":0}".getBytes(UTF_8);
    DeadLetterFile file = open(DeadLetterFile.builder(path).redact(payload -> blank));
    FailedMessage failed = failed("SECRET");
    file.handle(failed);
    List<Delivery> deliveries = new ArrayList<>();
    file.redrive((message, delivery) -> deliveries.add(delivery));

    assertArrayEquals(blank, deliveries.get(0).payload());
    assertEquals(failed.delivery().deduplicationKey(), deliveries.get(0).deduplicationKey());
  }

  @Test
  void redact_throws_writesNothing() throws IOException {
    DeadLetterFile file =
        open(
            DeadLetterFile.builder(path)
                .redact(
                    payload -> {
                      throw new IllegalArgumentException("cannot redact");
                    }));

    assertThrows(IllegalArgumentException.class, () -> file.handle(failed("a")));
    assertEquals(List.of(), lines());
  }

  @Test
  void handle_threadIsInterrupted_isWrittenAllTheSame_andTheFileStaysUsable() throws IOException {
    DeadLetterFile file = open();
    Thread.currentThread().interrupt();
    file.handle(failed("a"));
    assertTrue(Thread.interrupted(), "the interrupt is somebody else's to handle");
    file.handle(failed("b"));

    assertEquals(2, lines().size());
  }

  @Test
  void handle_fromManyThreads_losesAndMixesNothing() {
    DeadLetterFile file = open();
    CompletableFuture.allOf(
            IntStream.range(0, 4)
                .mapToObj(
                    thread ->
                        CompletableFuture.runAsync(
                            () -> {
                              for (int i = 0; i < 25; i++) {
                                file.handle(failed(thread + "-" + i));
                              }
                            }))
                .toArray(CompletableFuture[]::new))
        .join();

    assertEquals(100, redriven(file).stream().distinct().count());
  }

  @Test
  void open_lastLineCutOffByACrash_isRemoved_andTheOthersStay() throws IOException {
    DeadLetterFile before = open();
    before.handle(failed("a"));
    before.handle(failed("b"));
    before.close();
    String torn = lines().get(1).substring(0, 100);
    Files.writeString(path, torn, StandardOpenOption.APPEND);
    DeadLetterFile after = open();
    after.handle(failed("c"));

    assertEquals(List.of("a", "b", "c"), redriven(after));
  }

  @Test
  void open_nothingButACutOffLine_isAnEmptyFile() throws IOException {
    Files.writeString(path, "x".repeat(20_000));

    assertEquals(0, open().size());
    assertEquals(0, Files.size(path));
  }

  @Test
  void handle_afterAWriteThatFailedHalfway_startsOnALineOfItsOwn() throws IOException {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    Files.writeString(path, "{\"topic\":\"v4/gr", StandardOpenOption.APPEND);
    file.handle(failed("b"));

    assertEquals(List.of("a", "b"), redriven(file));
  }

  @Test
  void open_twiceInOneProcess_isRefused_untilTheFirstIsClosed() {
    DeadLetterFile first = open();
    DeadLetterFileBusyException busy =
        assertThrows(DeadLetterFileBusyException.class, () -> DeadLetterFile.open(path));
    assertEquals(ErrorCode.DEAD_LETTER_FILE_BUSY, busy.code());
    first.close();

    open().handle(failed("a"));
  }

  @Test
  void open_inAnotherProcess_isRefused_evenAfterThisOneWasRefusedToo() throws Exception {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    assertThrows(DeadLetterFileBusyException.class, () -> DeadLetterFile.open(path));
    redriven(file);
    assertEquals("busy", otherProcess());
    file.close();

    assertEquals("opened", otherProcess());
  }

  private String otherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  /** What another process does. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) {
      try (DeadLetterFile file = DeadLetterFile.open(Path.of(arguments[0]))) {
        System.out.print(file.size() >= 0 ? "opened" : "");
      } catch (DeadLetterFileBusyException e) {
        System.out.print("busy");
      }
    }
  }

  @Test
  void open_noDirectory_isATypedError() {
    DeadLetterFileBuilder builder = DeadLetterFile.builder(directory.resolve("no/dead.jsonl"));

    assertEquals(
        ErrorCode.DEAD_LETTER_FILE_UNUSABLE,
        assertThrows(DeadLetterFileUnusableException.class, builder::open).code());
  }

  @Test
  void close_thenHandleOrRedrive_isRefused() {
    DeadLetterFile file = open();
    file.close();
    file.close();

    assertThrows(IllegalStateException.class, () -> file.handle(failed("a")));
    assertThrows(IllegalStateException.class, () -> file.redrive((message, delivery) -> {}));
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
    assertThrows(
        DeadLetterFileUnusableException.class, () -> file.redrive((message, delivery) -> {}));
    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);

    assertEquals(List.of("a"), redriven(file));
  }

  @Test
  void payloadOfAnyBytesAndSize_comesBackAsItWas() {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < 3_000_000; i++) {
      bytes.append((char) (i & 0xFF));
    }
    TestDelivery delivery = new TestDelivery("some/other/topic", bytes.toString());
    byte[] line = DeadLetter.line(failed(delivery), payload -> payload);

    assertArrayEquals(delivery.payload(), DeadLetter.parse(line).orElseThrow().payload());
  }
}
