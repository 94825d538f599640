package io.nnnco.nhub.stream.deadletter;

import io.nnnco.nhub.core.internal.FileTrust;
import io.nnnco.nhub.core.internal.LockFile;
import io.nnnco.nhub.core.internal.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines in the hands of one process: added to line by line, each on the disk before the
 * next, or replaced as a whole. A line that a crash cut off is cut off entirely.
 *
 * <p>It is the name that is held, by a lock file beside it, for what has the name may change: an
 * operator, or a program like {@code logrotate}, moves, removes or truncates it. So each write
 * looks before and after: a line is stored when the file that has the name has become longer by it.
 *
 * <p>Thread-safe. Writes by {@link FileOutputStream}, since a {@link FileChannel} closes itself
 * when its thread is interrupted.
 */
final class LineFile implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterFile.class);
  private static final int ATTEMPTS = 5;

  private final Path path;
  private final LockFile processLock;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Appends to the file that had the name when it was last looked at; null if it has to be seen.
   */
  private @Nullable FileOutputStream out;

  /** Which file that was; null if the file system does not say, as on Windows. */
  private @Nullable Object fileKey;

  /** Behind its last whole line. */
  private long end;

  /** How often another program has removed lines. */
  private int interventions;

  private boolean closed;

  private LineFile(Path path, LockFile processLock) {
    this.path = path;
    this.processLock = processLock;
  }

  /**
   * Opens or creates it. What is refused stays as it was.
   *
   * @param path absolute
   * @return the file, or null if it is open elsewhere
   */
  static @Nullable LineFile open(Path path) throws IOException {
    FileTrust.requireDirectory(path.resolveSibling(""));
    requireUsable(path);
    requireUsable(replacement(path));
    LockFile processLock = LockFile.tryAcquire(path.resolveSibling(path.getFileName() + ".lock"));
    if (processLock == null) {
      return null;
    }
    try {
      LineFile file = new LineFile(path, processLock);
      file.look();
      Files.deleteIfExists(replacement(path));
      return file;
    } catch (IOException e) {
      processLock.close();
      throw e;
    }
  }

  private static void requireUsable(Path path) throws IOException {
    try {
      FileTrust.requireFile(path, Long.MAX_VALUE);
    } catch (NoSuchFileException e) {
      log.trace("{} will be created.", path);
    }
  }

  private static Path replacement(Path path) {
    return path.resolveSibling(path.getFileName() + ".redrive");
  }

  /** Makes sure that writes go to the end of the file that has the name now. */
  private void look() throws IOException {
    if (closed) {
      throw new IOException("it is closed");
    }
    BasicFileAttributes now = attributes();
    if (out == null) {
      begin();
    } else if (now == null || !isSame(now)) {
      log.warn("{} was moved or removed by another program; a new file is started", path);
      interventions++;
      begin();
    } else if (now.size() < end) {
      log.warn("{} was truncated by another program", path);
      interventions++;
      end = Lines.settle(path);
    } else if (now.size() > end) { // Left by a write that failed, or added by an operator.
      end = Lines.settle(path);
    }
  }

  private void begin() throws IOException {
    closeOutput();
    boolean made = OwnerOnly.create(path);
    fileKey = FileTrust.requireFile(path, Long.MAX_VALUE).fileKey();
    end = Lines.settle(path);
    OwnerOnly.restrict(path);
    out = new FileOutputStream(path.toFile(), true);
    BasicFileAttributes opened = attributes();
    if (opened == null || !isSame(opened)) {
      closeOutput();
      throw new NoSuchFileException(path.toString());
    }
    if (made) {
      OwnerOnly.syncDirectory(path.resolveSibling(""));
    }
  }

  private @Nullable BasicFileAttributes attributes() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private boolean isSame(BasicFileAttributes now) {
    return Objects.equals(now.fileKey(), fileKey);
  }

  /** How long the file is that has the name; 0 if none has. */
  long length() throws IOException {
    BasicFileAttributes now = attributes();
    return now == null ? 0 : now.size();
  }

  /**
   * Adds a line, on the disk when this returns, in the file that has the name.
   *
   * @return false if the file would become longer than that
   */
  boolean append(byte[] line, long maxLength) throws IOException {
    lock.lock();
    try {
      IOException last = null;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          look();
          if (end + line.length > maxLength) {
            return false;
          }
          write(line);
          if (isStored(line)) {
            end += line.length;
            return true;
          }
        } catch (NoSuchFileException | FileNotFoundException e) {
          last = e; // Moved or removed just as it was created.
        }
      }
      throw last == null ? new IOException("another program removes it at each attempt") : last;
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] line) throws IOException {
    FileOutputStream file = Objects.requireNonNull(out);
    file.write(line);
    file.getFD().sync();
  }

  private boolean isStored(byte[] line) throws IOException {
    BasicFileAttributes now = attributes();
    return now != null && isSame(now) && now.size() >= end + line.length;
  }

  /** What to do with a line. */
  interface LineReader {
    /** Whether the line, given with its line feed, is to stay in the file. */
    boolean keep(byte[] line) throws IOException;
  }

  /**
   * Reads all lines that are there now, and replaces the file by those that are to stay and those
   * that were added meanwhile; by rename, so that a crash leaves the one or the other. One call at
   * a time. If another program removes lines meanwhile, nothing is replaced.
   */
  void filter(LineReader reader) throws IOException {
    requireUsable(replacement(path));
    Files.deleteIfExists(replacement(path));
    Snapshot snapshot = snapshot();
    try (InputStream lines = new BufferedInputStream(snapshot.content())) {
      if (!OwnerOnly.create(replacement(path))) {
        throw new IOException(replacement(path) + " is in the way");
      }
      try (FileOutputStream kept = new FileOutputStream(replacement(path).toFile(), true)) {
        for (long read = 0; read < snapshot.upTo(); ) {
          byte[] line = Lines.read(lines);
          read += line.length;
          if (reader.keep(line)) {
            kept.write(line);
          }
        }
        if (kept.getChannel().size() < snapshot.upTo()) {
          replace(kept, snapshot);
        }
      }
    } finally {
      Files.deleteIfExists(replacement(path));
    }
  }

  /** The file as it is now, up to a length; open, so that it can be read wherever it is moved. */
  private record Snapshot(InputStream content, long upTo, int interventions) {}

  private Snapshot snapshot() throws IOException {
    lock.lock();
    try {
      look();
      return new Snapshot(new FileInputStream(path.toFile()), end, interventions);
    } finally {
      lock.unlock();
    }
  }

  private void replace(FileOutputStream kept, Snapshot snapshot) throws IOException {
    lock.lock();
    try {
      look();
      if (interventions != snapshot.interventions()) {
        throw new IOException("another program has moved, removed or truncated it meanwhile");
      }
      copyAdded(kept, snapshot.upTo());
      kept.getFD().sync();
      kept.close(); // Windows renames no open file,
      snapshot.content().close(); // and replaces no open file.
      closeOutput();
      Files.move(replacement(path), path, StandardCopyOption.ATOMIC_MOVE);
      OwnerOnly.syncDirectory(path.resolveSibling(""));
    } finally {
      lock.unlock();
    }
  }

  private void copyAdded(FileOutputStream kept, long upTo) throws IOException {
    byte[] chunk = new byte[8192];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(upTo);
      for (long left = end - upTo; left > 0; ) {
        int length = (int) Math.min(left, chunk.length);
        file.readFully(chunk, 0, length);
        kept.write(chunk, 0, length);
        left -= length;
      }
    }
  }

  private void closeOutput() throws IOException {
    FileOutputStream file = out;
    out = null;
    if (file != null) {
      file.close();
    }
  }

  /** Idempotent. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try (processLock) {
      closed = true;
      closeOutput();
    } finally {
      lock.unlock();
    }
  }
}
