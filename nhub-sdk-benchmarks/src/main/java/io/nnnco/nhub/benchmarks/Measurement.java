package io.nnnco.nhub.benchmarks;

import com.sun.management.ThreadMXBean;
import io.nnnco.nhub.message.Uplink;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What only a receiver itself can tell: how late messages come, and what it allocates. */
final class Measurement {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long LATEST = TimeUnit.HOURS.toMicros(1);

  private final Recorder latencies = new Recorder(LATEST, 3);
  private Map<Long, Long> allocatedBefore = Map.of();

  /**
   * What a receiver says at the end.
   *
   * @param messages how many it took
   * @param bytes how many it allocated, in all
   * @param latencies in microseconds: p50, p90, p99, p99.9 and maximum
   */
  record Result(long messages, long bytes, long[] latencies) {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    static Result of(Histogram histogram, long bytes) {
      long[] latencies = new long[PERCENTILES.length];
      for (int i = 0; i < latencies.length; i++) {
        latencies[i] = histogram.getValueAtPercentile(PERCENTILES[i]);
      }
      return new Result(histogram.getTotalCount(), bytes, latencies);
    }

    static Result parse(String line) {
      String[] words = line.split(" ", -1);
      long[] latencies = new long[PERCENTILES.length];
      for (int i = 0; i < latencies.length; i++) {
        latencies[i] = Long.parseLong(words[2 + i]);
      }
      return new Result(Long.parseLong(words[0]), Long.parseLong(words[1]), latencies);
    }

    String line() {
      StringBuilder line = new StringBuilder(messages + " " + bytes);
      for (long latency : latencies) {
        line.append(' ').append(latency);
      }
      return line.toString();
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
    return Result.of(latencies.getIntervalHistogram(), bytes);
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
