package io.nnnco.nhub.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What Linux says of a process since this object was made. */
final class ProcessUsage {
  /** {@code USER_HZ}, which is 100 on every Linux that runs Java. */
  private static final int TICK_MICROS = 10_000;

  private final Path process;
  private final long ticksBefore;
  private final Map<String, Long> switchesBefore;
  private final Map<String, Long> switches = new HashMap<>();

  ProcessUsage(long pid) throws IOException {
    process = Path.of("/proc", String.valueOf(pid));
    ticksBefore = ticks();
    sample();
    switchesBefore = Map.copyOf(switches);
  }

  /** Microseconds in user and kernel mode, to 10 milliseconds, of threads that ended as well. */
  long processorMicros() throws IOException {
    return (ticks() - ticksBefore) * TICK_MICROS;
  }

  /** Voluntary and other ones of all threads; of a thread that ended, up to its last sample. */
  long contextSwitches() throws IOException {
    sample();
    long sum = 0;
    for (Map.Entry<String, Long> thread : switches.entrySet()) {
      sum += thread.getValue() - switchesBefore.getOrDefault(thread.getKey(), 0L);
    }
    return sum;
  }

  /** Notes each thread's switches, which are gone when it ends. */
  void sample() throws IOException {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        try {
          switches.put(thread.getFileName().toString(), switches(thread));
        } catch (NoSuchFileException e) {
          // It has just ended.
        }
      }
    }
  }

  private static long switches(Path thread) throws IOException {
    long sum = 0;
    for (String line : Files.readAllLines(thread.resolve("status"))) {
      if (line.contains("_ctxt_switches:")) {
        sum += Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return sum;
  }

  private long ticks() throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
  }
}
