package io.nnnco.nhub.examples.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the processes of {@link LoadApplication} wrote, as far as it has got. */
public final class LoadLog {
  private final Path file;
  private final Map<String, Long> next = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long position;
  private long begun;
  private long handled;
  private long duplicates;

  /** Nothing need be there yet. */
  public LoadLog(Path file) {
    this.file = file;
  }

  /** Reads the lines that are new. */
  public LoadLog read() throws IOException {
    if (!Files.exists(file)) {
      return this;
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(position);
      byte[] bytes = new byte[(int) (in.length() - position)];
      in.readFully(bytes);
      String text = new String(bytes, US_ASCII);
      int end = text.lastIndexOf('\n') + 1;
      position += end;
      text.substring(0, end).lines().forEach(this::line);
    }
    return this;
  }

  private void line(String line) {
    String[] parts = line.split(" ", -1);
    if (parts[0].equals("begun")) {
      begun++;
      return;
    }
    long number = Long.parseLong(parts[2]);
    long expected = next(parts[1]);
    handled++;
    if (number == expected) {
      next.put(parts[1], expected + 1);
    } else if (number < expected) {
      duplicates++;
    } else {
      violations.add(parts[1] + ": " + number + " instead of " + expected);
    }
  }

  /** The number that the device's next first delivery must have: how many there were. */
  public long next(String device) {
    return next.getOrDefault(device, 0L);
  }

  /** First deliveries that were not the next of their device: one was lost or overtaken. */
  public List<String> violations() {
    return violations;
  }

  /** How many calls of the handler began. */
  public long begun() {
    return begun;
  }

  /** How many ended, duplicates included. */
  public long handled() {
    return handled;
  }

  /** How many messages were handled again, because the bridge missed their acknowledgement. */
  public long duplicates() {
    return duplicates;
  }
}
