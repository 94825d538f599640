package io.nnnco.nhub.benchmarks;

import com.sun.management.ThreadMXBean;
import io.nnnco.nhub.message.Uplink;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.HdrHistogram.Recorder;

/** What only a receiver itself can tell: how late messages come, and what it allocates. */
final class Measurement {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long LATEST = TimeUnit.HOURS.toMicros(1);

  private final Recorder latencies = new Recorder(LATEST, 3);
  private Map<Long, Long> allocatedBefore = Map.of();

  /**
   * What a receiver tells at the end, in a line of words.
   *
   * @param bytes how many it allocated, in all
   * @param latencies of its messages
   */
  record Result(double bytes, Latencies latencies) {
    static final Result UNKNOWN = new Result(Double.NaN, Latencies.UNKNOWN);

    private static final String PREFIX = "result ";

    /** Reads it; before it, libraries may have had something to say. */
    static Result read(BufferedReader lines) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(PREFIX)) {
          return parse(line.substring(PREFIX.length()));
        }
      }
      throw new IOException("The receiver ended");
    }

    private static Result parse(String line) {
      double[] words = Stream.of(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      return new Result(words[0], new Latencies(words[1], words[2], words[3], words[4], words[5]));
    }

    String line() {
      return DoubleStream.of(
              bytes,
              latencies.p50(),
              latencies.p90(),
              latencies.p99(),
              latencies.p999(),
              latencies.most())
          .mapToObj(Double::toString)
          .collect(Collectors.joining(" ", PREFIX, ""));
    }
  }

  /** Called by the handler of any receiver, first of all. */
  void take(Uplink uplink) {
    latencies.recordValue(Math.min(LATEST, Stamp.age(uplink.timestamp())));
  }

  void begin() {
    latencies.reset();
    allocatedBefore = allocated();
  }

  Result end() {
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : allocated().entrySet()) {
      bytes += thread.getValue() - allocatedBefore.getOrDefault(thread.getKey(), 0L);
    }
    return new Result(bytes, Latencies.of(latencies.getIntervalHistogram()));
  }

  /**
   * By thread. A thread that ended in between is left out; virtual ones count as their carriers.
   */
  private static Map<Long, Long> allocated() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> allocated = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      allocated.put(ids[i], Math.max(0, bytes[i]));
    }
    return allocated;
  }
}
