package io.nnnco.nhub.core.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock on a name, for one holder in all processes: a file that exists while the lock is held. It
 * ends with its process; a file that a crash left behind is taken over.
 *
 * <p>The file is removed while it is still locked. Whoever opened it before that gets a worthless
 * lock, so each acquirer proves that the file it has locked is the one with the name: it writes a
 * mark, and reads it by the name.
 */
public final class LockFile implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(LockFile.class);
  private static final long LARGEST = 1_024;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Set<OpenOption> TO_LOCK =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> TO_READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /**
   * The locks that this process holds. POSIX drops all locks of a process on a file when it closes
   * any copy of it, so a second attempt must be refused before it opens the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel locked;
  private final FileChannel witness;

  private LockFile(Path path, FileChannel locked, FileChannel witness) {
    this.path = path;
    this.locked = locked;
    this.witness = witness;
  }

  /**
   * The lock, or null if another holder has it.
   *
   * @param path the lock's file, in a directory that {@link FileTrust#requireDirectory} has passed
   */
  public static @Nullable LockFile tryAcquire(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    Path real = parent == null ? absolute : parent.toRealPath().resolve(path.getFileName());
    if (!HELD.add(real)) {
      return null;
    }
    LockFile lock = null;
    boolean interrupted = Thread.interrupted(); // It would close the channels.
    try {
      lock = open(real);
      return lock;
    } finally {
      if (lock == null) {
        HELD.remove(real);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * The lock, once its holder has released it.
   *
   * @throws FileSystemException if it is not free in that time
   */
  public static LockFile acquire(Path path, Duration atMost) throws IOException {
    long start = System.nanoTime();
    long pause = PAUSE;
    while (System.nanoTime() - start < atMost.toNanos()) {
      LockFile lock = tryAcquire(path);
      if (lock != null) {
        return lock;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new ClosedByInterruptException();
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    throw new FileSystemException(
        path.toString(), null, path + " has been locked by another program for too long");
  }

  private static @Nullable LockFile open(Path path) throws IOException {
    while (true) {
      try {
        OwnerOnly.create(path);
        FileTrust.requireFile(path, LARGEST);
        FileChannel locked = FileChannel.open(path, TO_LOCK);
        try {
          if (!isLocked(locked)) {
            locked.close();
            return null;
          }
          FileChannel witness = witness(path, locked);
          if (witness != null) {
            return new LockFile(path, locked, witness);
          }
          locked.close();
        } catch (IOException e) {
          locked.close();
          throw e;
        }
      } catch (NoSuchFileException e) {
        if (Files.notExists(path.resolveSibling(""))) {
          throw e;
        }
        // Its holder has just removed it: a new one can be made.
      }
    }
  }

  /** Locks a byte far beyond the mark, because Windows lets nobody read locked bytes. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The file with the name, if it is the locked one. Left open: closing it would unlock. */
  private static @Nullable FileChannel witness(Path path, FileChannel locked) throws IOException {
    byte[] mark = UUID.randomUUID().toString().getBytes(US_ASCII);
    locked.write(ByteBuffer.wrap(mark), 0);
    FileChannel witness = FileChannel.open(path, TO_READ);
    ByteBuffer read = ByteBuffer.allocate(mark.length);
    if (witness.read(read, 0) == mark.length && read.flip().equals(ByteBuffer.wrap(mark))) {
      return witness;
    }
    witness.close();
    return null;
  }

  /** Removes the file and releases the lock, whatever the file system says. Idempotent. */
  @Override
  public void close() {
    if (!locked.isOpen()) {
      return;
    }
    try (locked;
        witness) {
      if (OwnerOnly.isPosix(path)) { // Windows would remove it later, perhaps from its next holder.
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      log.debug("The lock file {} is left: {}", path, FileProblem.of(e));
    } finally {
      HELD.remove(path);
    }
  }
}
