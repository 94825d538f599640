package io.nnnco.nhub.stream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines in the hands of one process: added to line by line, each on the disk before the
 * next, or replaced as a whole. A line that a crash cut off is cut off entirely. Each line is a
 * JSON object.
 *
 * <p>Thread-safe. Reads and writes by {@link RandomAccessFile}, since a {@link FileChannel} closes
 * itself for good when its thread is interrupted.
 */
final class LineFile implements Closeable {
  private final Path path;
  private final FileChannel processLock;
  private final ReentrantLock lock = new ReentrantLock();
  private RandomAccessFile file;

  /** Behind the last whole line; what is beyond is left of a write that failed. */
  private long end;

  private LineFile(Path path, RandomAccessFile file, FileChannel processLock) throws IOException {
    this.path = path;
    this.file = file;
    this.processLock = processLock;
    this.end = endOfLastLine(file);
    requireOurs(file, end);
    file.setLength(end);
    Files.deleteIfExists(replacementPath());
  }

  /**
   * Opens it, or makes it.
   *
   * @return the file, or null if somebody else has it open
   */
  static @Nullable LineFile open(Path path) throws IOException {
    OwnerOnlyFiles.provide(path);
    RandomAccessFile file = openLocked(path);
    if (file == null) {
      return null;
    }
    FileChannel processLock = null;
    try {
      Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
      OwnerOnlyFiles.provide(lockPath);
      processLock = FileChannel.open(lockPath, StandardOpenOption.WRITE);
      if (isLocked(processLock)) {
        return new LineFile(path, file, processLock);
      }
    } catch (IOException e) {
      closeAll(file, processLock);
      throw e;
    }
    closeAll(file, processLock);
    return null;
  }

  /**
   * Opens and locks it against a second opening in this process. Against other processes there is a
   * file of its own: POSIX gives up a process's locks on a file when it closes any copy of it, and
   * {@link #read} does.
   */
  private static @Nullable RandomAccessFile openLocked(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    if (isLocked(file.getChannel())) {
      return file;
    }
    file.close();
    return null;
  }

  /** Locks a byte far beyond the data, for Windows would let nobody read what is locked. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void closeAll(@Nullable Closeable... all) throws IOException {
    for (Closeable each : all) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static long endOfLastLine(RandomAccessFile file) throws IOException {
    byte[] chunk = new byte[8192];
    for (long to = file.length(); to > 0; to -= Math.min(to, chunk.length)) {
      int length = (int) Math.min(to, chunk.length);
      file.seek(to - length);
      file.readFully(chunk, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return to - length + i + 1;
        }
      }
    }
    return 0;
  }

  /** What follows the last line is cut off, so it has to be of ours: all lines begin so. */
  private static void requireOurs(RandomAccessFile file, long end) throws IOException {
    file.seek(end);
    int first = file.read();
    if (first >= 0 && first != '{') {
      throw new IOException("It ends with something that is no dead letter, and no whole line");
    }
  }

  long length() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a line, on the disk when this returns.
   *
   * @return false if the file would become longer than that
   */
  boolean append(byte[] line, long maxLength) throws IOException {
    lock.lock();
    try {
      if (end + line.length > maxLength) {
        return false;
      }
      if (file.length() > end) {
        file.setLength(end);
      }
      file.seek(end);
      file.write(line);
      file.getFD().sync();
      end += line.length;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What to do with a line. */
  interface LineReader {
    /** Whether the line, given with its line feed, is to stay in the file. */
    boolean keep(byte[] line) throws IOException;
  }

  /**
   * Reads all lines that are there now, and replaces the file by those that are to stay and those
   * that were added meanwhile; by rename, so that a crash leaves the one or the other. One call at
   * a time.
   */
  void filter(LineReader reader) throws IOException {
    long upTo = length();
    OwnerOnlyFiles.provide(replacementPath());
    try (RandomAccessFile kept = new RandomAccessFile(replacementPath().toFile(), "rw")) {
      kept.setLength(0);
      try (InputStream lines = new BufferedInputStream(new FileInputStream(path.toFile()))) {
        for (long read = 0; read < upTo; ) {
          byte[] line = read(lines);
          read += line.length;
          if (reader.keep(line)) {
            kept.write(line);
          }
        }
      }
      if (kept.length() < upTo) {
        replace(kept, upTo);
      }
    } finally {
      Files.deleteIfExists(replacementPath());
    }
  }

  private static byte[] read(InputStream lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      line.write(next);
      if (next == '\n') {
        return line.toByteArray();
      }
    }
    throw new IOException("The file has become shorter: somebody else writes to it");
  }

  private void replace(RandomAccessFile kept, long upTo) throws IOException {
    lock.lock();
    try {
      copyAdded(kept, upTo);
      kept.getFD().sync();
      long newEnd = kept.length();
      kept.close(); // Windows renames no open file.
      file.close();
      try {
        Files.move(replacementPath(), path, StandardCopyOption.ATOMIC_MOVE);
        end = newEnd;
      } finally {
        file = new RandomAccessFile(path.toFile(), "rw");
        isLocked(file.getChannel());
      }
      OwnerOnlyFiles.syncDirectory(path);
    } finally {
      lock.unlock();
    }
  }

  private void copyAdded(RandomAccessFile kept, long upTo) throws IOException {
    byte[] chunk = new byte[8192];
    file.seek(upTo);
    for (long left = end - upTo; left > 0; ) {
      int length = (int) Math.min(left, chunk.length);
      file.readFully(chunk, 0, length);
      kept.write(chunk, 0, length);
      left -= length;
    }
  }

  private Path replacementPath() {
    return path.resolveSibling(path.getFileName() + ".redrive");
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closeAll(file, processLock);
    } finally {
      lock.unlock();
    }
  }
}
