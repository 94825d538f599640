package io.nnnco.nhub.stream.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nnnco.nhub.docs.Coded;
import io.nnnco.nhub.stream.Delivery;
import io.nnnco.nhub.stream.FailedMessage;
import io.nnnco.nhub.stream.TestDelivery;
import io.nnnco.nhub.stream.error.DeadLetterException;
import io.nnnco.nhub.stream.error.StreamErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, and what is there after it was opened again. */
class DeadLetterFileTest extends DeadLetterFixture {
  DeadLetterFileTest(@TempDir Path directory) {
    super(directory);
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
  void open_fileOfSomebodyElseWithoutALineFeed_isRefusedAndLeftAlone() throws IOException {
    Files.writeString(path, "an important note");
    assertThrows(DeadLetterException.class, this::open);
    assertEquals("an important note", Files.readString(path));
  }

  @Test
  void handle_full_isATypedErrorAndLeavesWhatIsThere() {
    DeadLetterFile file = open(DeadLetterFile.builder(path).maxBytes(1_024));
    List.of("a", "b", "c").forEach(device -> file.handle(failed(device)));
    DeadLetterException full =
        Coded.assertThrows(
            DeadLetterException.class,
            StreamErrorCode.DEAD_LETTER_FILE_FULL,
            () -> file.handle(failed("d")));

    assertEquals(StreamErrorCode.DEAD_LETTER_FILE_FULL, full.code());
    assertEquals(path.toString(), full.path());
    assertTrue(String.valueOf(full.getMessage()).contains("may have 1024 bytes"), full.toString());
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
    Files.writeString(path, "{\"topic\":\"" + "x".repeat(20_000));

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
    DeadLetterException busy =
        Coded.assertThrows(
            DeadLetterException.class,
            StreamErrorCode.DEAD_LETTER_FILE_BUSY,
            () -> DeadLetterFile.open(path));
    assertEquals(StreamErrorCode.DEAD_LETTER_FILE_BUSY, busy.code());
    first.close();

    open().handle(failed("a"));
  }

  @Test
  void open_inAnotherProcess_isRefused_evenAfterThisOneWasRefusedToo() throws Exception {
    DeadLetterFile file = open();
    file.handle(failed("a"));
    Coded.assertThrows(
        DeadLetterException.class,
        StreamErrorCode.DEAD_LETTER_FILE_BUSY,
        () -> DeadLetterFile.open(path));
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
      } catch (DeadLetterException e) {
        System.out.print("busy");
      }
    }
  }

  @Test
  void open_noDirectory_isATypedError() {
    DeadLetterFileBuilder builder = DeadLetterFile.builder(directory.resolve("no/dead.jsonl"));

    assertEquals(
        StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE,
        Coded.assertThrows(
                DeadLetterException.class, StreamErrorCode.DEAD_LETTER_FILE_UNUSABLE, builder::open)
            .code());
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
