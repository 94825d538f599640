package io.nnnco.nhub.identity.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any number of savers leave the identity of one of them, and readers never see another. */
class ConcurrentSaveTest {
  private static final int SAVERS = 4;
  private static final int ROUNDS = 500;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    Path memory = Path.of("/dev/shm"); // Savers sync each file, which takes long on a disk.
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "nhub-")
            : Files.createTempDirectory("nhub-");
  }

  @AfterEach
  void clean() throws IOException {
    threads.shutdownNow();
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  @Test
  void save_byManyThreads_leavesTheIdentityOfOneAfterEachRound() throws Exception {
    new IdentityDirectory(directory).save(texts(0));
    AtomicBoolean done = new AtomicBoolean();
    Future<Integer> reader = threads.submit(() -> readUntil(done));
    List<Callable<Boolean>> savers =
        IntStream.range(0, SAVERS).<Callable<Boolean>>mapToObj(this::saver).toList();
    for (int round = 0; round < ROUNDS; round++) {
      for (Future<Boolean> saver : threads.invokeAll(savers)) {
        assertTrue(saver.get()); // Each of them saved, none was disturbed by another.
      }
      assertWhole(new IdentityDirectory(directory).load());
    }
    done.set(true);
    assertTrue(reader.get() > 0);
    assertEquals(List.of("ca.crt", "client.crt", "client.key"), names());
  }

  @Test
  void save_byManyProcesses_leavesTheIdentityOfOne() throws Exception {
    new IdentityDirectory(directory).save(texts(0));
    List<Process> processes = List.of(process(), process());
    AtomicBoolean done = new AtomicBoolean();
    Future<Integer> reader = threads.submit(() -> readUntil(done));
    for (int i = 0; i < ROUNDS; i++) {
      new IdentityDirectory(directory).save(texts(i % SAVERS));
    }
    for (Process process : processes) {
      assertEquals(0, process.waitFor());
    }
    done.set(true);

    assertTrue(reader.get() > 0);
    assertWhole(new IdentityDirectory(directory).load());
    assertEquals(List.of("ca.crt", "client.crt", "client.key"), names());
  }

  private Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            OtherSaver.class.getName(),
            directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What another process does. */
  static final class OtherSaver {
    private OtherSaver() {}

    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      for (int i = 0; i < ROUNDS; i++) {
        new IdentityDirectory(directory).save(texts(i % SAVERS));
        assertWhole(new IdentityDirectory(directory).load());
      }
    }
  }

  private Callable<Boolean> saver(int number) {
    return () -> {
      new IdentityDirectory(directory).save(texts(number));
      return true;
    };
  }

  private int readUntil(AtomicBoolean done) {
    int read = 0;
    for (; !done.get(); read++) {
      assertWhole(new IdentityDirectory(directory).load());
    }
    return read;
  }

  private static PemTexts texts(int saver) {
    return new PemTexts(text(saver), text(saver), text(saver));
  }

  /** The same in each of the three files, so that a mixture shows. */
  private static PemText text(int saver) {
    return new PemText("test", "saver " + saver);
  }

  private static void assertWhole(PemTexts texts) {
    assertTrue(texts.key().text().startsWith("saver "), texts.key().text());
    assertEquals(texts.certificate().text(), texts.key().text());
    assertEquals(texts.certificate().text(), texts.ca().text());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
