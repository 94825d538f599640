package io.nnnco.nhub.testkit.internal.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Held while a fake keeps its state in a file: two of them would each write over what the other has
 * written. It ends with its process; its file stays, and means nothing by itself.
 */
final class StateLock {
  /** Those of this process: where it opens such a file again and closes it, POSIX unlocks it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private StateLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the lock of a state file, which need not exist.
   *
   * @throws IOException if another fake has it
   */
  static StateLock of(Path stateFile) throws IOException {
    Path directory = stateFile.toAbsolutePath().resolveSibling("").toRealPath();
    Path real = directory.resolve(stateFile.getFileName() + ".lock");
    if (!HELD.add(real)) {
      throw taken(stateFile);
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
    } finally {
      if (!locked) {
        HELD.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
    if (!locked) {
      throw taken(stateFile);
    }
    return new StateLock(real, channel);
  }

  private static IOException taken(Path stateFile) {
    return new IOException(
        "Another fake that is running keeps its state in "
            + stateFile
            + ". Stop it first, or start this one with another --dir, in Java another stateFile.");
  }

  /** Lets another fake have it. */
  void release() {
    try {
      channel.close();
    } catch (IOException e) {
      // it ends with the process
    } finally {
      HELD.remove(path);
    }
  }
}
